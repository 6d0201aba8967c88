"""The reading copy of a case in the contact persons' bot: made when it is sent, so that no turn waits for it and no row holds it."""

from typing import TYPE_CHECKING

from dialogs.case.rights import may_see
from dialogs.desk.reading import beside, foreign_texts
from dialogs.desk.screens import missing
from dialogs.language.replies import Tell
from storage.cases import cases, submissions
from storage.people import staff

if TYPE_CHECKING:
    from bot.turns.turns import Turns
    from storage.outbox.outbox import Post


async def reading_copy(turns: "Turns", post: "Post", case: int) -> Tell:
    """What was written in other languages, each with its translation, if they may still see the case and it is not protected.
    Takes at most translation.TIMEOUT.
    """
    async with turns.database.read() as connection:
        found = await cases.case_by_id(connection, case)
        who = next((one for one in await staff.active(connection) if one.id == post.person), None)
        if found is None or who is None or found.protected or not may_see(who, found):
            return missing()
        texts = foreign_texts(found, await submissions.of_case(connection, found.id))
    return beside(found, texts, await turns.translation.copies(texts))

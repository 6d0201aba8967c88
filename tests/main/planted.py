"""What is planted in a draft, and deleted."""

from dialogs.language.events import Press
from tests.house import Caller
from tests.samples import PDF
from tests.ways import BEGUN, goes, up_to_papers

PLANTED = "Planterade Anna-Lisa bor på Möllan"
ENCLOSED = PDF + b"% planted in a file\n"
TO_PAPERS = (*BEGUN, up_to_papers(PLANTED))


async def erases(caller: Caller) -> None:
    """Somebody deletes the draft at hand."""
    draft = (await caller.sees())[0].at_hand
    await goes(caller, Press("delete"), f"delete2:{draft}", f"delete3:{draft}")

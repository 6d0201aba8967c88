"""Papers made here and now, where a test looks at what is in them; that the program makes them in children is another test's matter."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.documents.package import Package
from bot.documents.papers import PaperFile as Asked
from dialogs.engine.record import sha256s_in
from tests.documents.played import MADE, Played
from tests.house import folder_of

if TYPE_CHECKING:
    from bot.documents.spawn import Job


def made_here(job: "Job") -> bytes:
    """What comes of a job."""
    target = io.BytesIO()
    with TemporaryDirectory() as scratch:
        job.make(target, Path(scratch))
    return target.getvalue()


def package(one: Played, *, internal: bool = False) -> Package:
    """The package of a case that was played."""
    wanted = set[str]().union(*(sha256s_in(sent.record, sent.shared) for sent in one.sent))
    return Package(
        one.case, one.sent, one.events, {sha: folder_of(one.files).path(sha) for sha in wanted}, MADE, internal
    )


async def taken(paper: Asked) -> bytes | None:
    """What a child makes of what was asked for; None when there is nothing."""
    async with paper as file:
        return file.read() if file else None

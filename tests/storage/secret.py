"""A draft that carries a secret, and the places where nothing of it may be left."""

from pathlib import Path

from bot.turns.turns import Turns
from dialogs.language.events import Attach, Filed, Press
from tests.house import Caller, Composed
from tests.ways import BEGUN, everything, goes, up_to, up_to_papers

SECRET = "Zebrafinkarna"
TO_PAPERS = up_to_papers(f"{SECRET} asked everybody.")


async def attached(turns: Turns, content: bytes = SECRET.encode() * 50) -> Attach:
    """A file that carries the secret, stored."""
    return Attach((Filed(await turns.files.put(content), f"{SECRET}.pdf", "application/pdf", len(content)),))


async def written(composed: Composed) -> Caller:
    """Somebody with a draft that holds the secret as an answer, as the name of the area, in a file and in its name."""
    caller = await goes(Caller(composed.turns), *BEGUN, TO_PAPERS, await attached(composed.turns), "done")
    return await goes(caller, up_to("actors", area={"words": SECRET, "bounds": ["Torget"]}), Press("home"))


def on_disk(directory: Path) -> bytes:
    """Every byte below a directory, the database's log too."""
    return b"".join(path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file())


async def gone(composed: Composed, directory: Path) -> None:
    """Nothing of the secret is left anywhere."""
    assert SECRET not in await everything(composed.database)
    assert SECRET.encode() not in on_disk(directory)

"""One's own data when a file of it is twice there, or gone."""

import io
import zipfile

from dialogs.language.events import Press
from tests.documents.making import taken
from tests.enclosed import offered
from tests.house import Caller, Composed, folder_of
from tests.ways import BEGUN, goes, up_to_papers


async def packed(composed: Composed, caller: Caller) -> zipfile.ZipFile:
    standing, _shown = await caller.sees()
    return zipfile.ZipFile(io.BytesIO(await taken(composed.turns.papers.own(standing.person)) or b""))


async def test_the_same_file_twice_lies_in_it_once(composed: Composed) -> None:
    caller = await goes(Caller(composed.turns), *BEGUN, up_to_papers(), await offered(composed.files), "done")
    await goes(caller, Press("new"), up_to_papers(), await offered(composed.files))
    names = (await packed(composed, caller)).namelist()
    assert len(names) == len(set(names)) == 3


async def test_a_file_that_is_gone_does_not_keep_back_the_rest(composed: Composed) -> None:
    attach = await offered(composed.files)
    caller = await goes(Caller(composed.turns), *BEGUN, up_to_papers(), attach)
    folder_of(composed.files).path(attach.files[0].sha256).unlink()
    assert (await packed(composed, caller)).namelist() == ["my-data.html", "data.json"]

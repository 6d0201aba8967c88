"""One's own data: everything, and nobody else's."""

import io
import json
import zipfile

from dialogs.applicants import terms
from dialogs.language.events import Attach, Filed
from tests.applicant import sends_an_application
from tests.documents.making import taken
from tests.house import Caller, Composed, admitted
from tests.samples import PDF
from tests.ways import BEGUN, goes, up_to_papers


async def test_everything_of_mine_and_nothing_of_others(composed: Composed) -> None:
    mine, other = Caller(composed.turns, "mine"), Caller(composed.turns, "other")
    await sends_an_application(mine, proposal="my own plan")
    await sends_an_application(other, proposal="another plan")
    standing, _replies = await mine.sees()
    packed = zipfile.ZipFile(io.BytesIO(await taken(composed.turns.papers.own(standing.person)) or b""))
    text = packed.read("data.json").decode()
    assert "my own plan" in text
    assert "another plan" not in text
    data = json.loads(text)
    assert [one["dialog"] for one in data["sent"]] == ["application"]
    assert data["person"][0]["terms"] == terms.version(composed.turns.house)


async def test_files_come_along(composed: Composed) -> None:
    caller = await goes(Caller(composed.turns), *BEGUN, up_to_papers())
    filed = await admitted(composed.files, "survey.pdf", PDF)
    assert isinstance(filed, Filed)
    await caller.does(Attach((filed,)))
    standing, _replies = await caller.sees()
    packed = zipfile.ZipFile(io.BytesIO(await taken(composed.turns.papers.own(standing.person)) or b""))
    name = next(name for name in packed.namelist() if name.endswith("survey.pdf"))
    assert packed.read(name) == PDF

"""A question, a criterion and options are renamed over what is stored: everything is read under today's names, and nothing is lost."""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.turns.contact_person import fill_in
from tests.answers import EN
from tests.edited import SENTENCE
from tests.house import Caller
from tests.keys import english
from tests.process.program import ROOT
from tests.renamed import TOKENS, seen
from tests.ways import BEGUN, UpTo, goes
from tests.web.cases import case_of, did, fields, nadia, posted, took
from tests.web.conftest import serve

EDITS = {
    "dialogs/phases/initiation/criteria.py": (
        ('    "proposal",\n', '    "idea",\n'),
        ('    hint=_("Say what will', '    was=("proposal",),\n    hint=_("Say what will'),
        ('    "established",\n', '    "trust",\n'),
        ('    wording=_(\n        "There is est', '    was=("established",),\n    wording=_(\n        "There is est'),
        ('Option("association", _("Association"))', 'Option("club", _("Association"), was=("association",))'),
        ('Option("money", _("Money"))', 'Option("funds", _("Money"), was=("money",))'),
    ),
    "dialogs/phases/initiation/application.py": (
        ('        "partly",\n', '        "in_part",\n'),
        ('it is never dropped."),', 'it is never dropped."),\n        was=("partly",),'),
    ),
    "dialogs/desk/labels.py": (('"partly":', '"in_part":'),),
    "bot/documents/labels.py": (('    "partly": "Delvis,', '    "in_part": "Delvis,'),),
}
OLD = {"proposal", "established", "association", "money"}
"""Names that nothing has any more. ("partly" is still a verdict.)"""


TAKEN_AWAY = {
    "dialogs/phases/initiation/criteria.py": (
        ("VALUE, EVIDENCE, DEMOCRATIC)", "VALUE, EVIDENCE)"),
        ('    Option("association", _("Association")),\n', ""),
        ('Option("money", _("Money")),', ""),
    ),
}


def tree(folder: Path, edits: Mapping[str, tuple[tuple[str, str], ...]]) -> Path:
    """The program and its tests after these edits of its files, each of which is found once."""
    made = folder / "edited"
    for part in ("bot", "dialogs", "storage", "locales", "tests"):
        shutil.copytree(ROOT / part, made / part, ignore=shutil.ignore_patterns("__pycache__"))
    for path, changes in edits.items():
        text = (made / path).read_text(encoding="utf-8")
        for before, after in changes:
            assert text.count(before) == 1, (path, before)
            text = text.replace(before, after)
        (made / path).write_text(text, encoding="utf-8")
    return made


async def test_what_was_stored_under_old_names_is_read_under_the_new_ones(database_url: str, tmp_path: Path) -> None:
    references = await _stored(database_url, tmp_path)
    before = await seen(database_url, tmp_path, references)
    after = await _seen_by(tree(tmp_path, EDITS), database_url, tmp_path, references)
    assert after.keys() == before.keys()
    assert english("Your application") in before["kim"]
    assert (
        english("From: {source}").replace("{source}", english("your application, {day}")).partition("{")[0]
        in before["sara"]
    )
    for name in before:
        if "paper" in name:
            assert _words(after[name]) == _words(before[name]), name
            assert OLD & set(_names(after[name])) == set(), name
        else:
            assert after[name] == before[name], name
    assert set(_names(before[f"{references[0]} paper"])) >= OLD, "the old names stand in what is compared"
    assert references[0] in after["found"], "the queue's filter finds what lies under the old id"
    assert references[0] in after["by its old name"], "an old address of the filter means what it meant"


async def test_what_has_no_successor_is_still_read_in_its_own_words(sqlite_url: str, tmp_path: Path) -> None:
    """A criterion is taken away, a kind of actor, and an option: nothing of it is asked, and nothing of it is gone."""
    references = await _stored(sqlite_url, tmp_path)
    after = await _seen_by(tree(tmp_path, TAKEN_AWAY), sqlite_url, tmp_path, references)
    sent, started = references
    assert len([one for one in after[f"{sent} paper"]["criteria"] if one["label"] == "Demokratiska principer"]) == 1
    for name in (sent, f"{sent} paper", "sara own", "kim own"):
        assert "Open meetings, everyone has one vote." in str(after[name]), name
    assert (
        " ".join(map(english, ("Democratic principles", "The group", "Met", "The contact person", "Met")))
        in after[sent]
    )
    assert "Torgets vänner" in after[sent]
    assert "Odlarna" in after[started]
    assert english(SENTENCE) in after["kim"]
    for label in ("Actors", "Your contribution", "How you decide"):
        assert english(label) in after["kim"], "it is told what has changed, and what is no longer asked"
    assert "Torgets vänner" in after["kim"], "of which kind an actor is, is asked anew"
    assert english("A kind that is no longer asked for") in after["table"]
    pages = [page for name, page in after.items() if "paper" not in name]
    assert not [page for page in pages if {"association", "money"} & set(page.split())]


async def _stored(url: str, folder: Path) -> list[str]:
    """A case that was sent, assessed, and is to be completed, with a completion begun; one that the city started; a draft that is not sent."""
    served = await serve(url, folder)
    try:
        who, right = await nadia(served), fields(served)
        sara, kim = (Caller(served.turns, served.keys.hash(token), "en") for token in TOKENS.values())
        said = EN.but(scope="partly", contributes={"ids": ["money", "activities"], "words": "A little of both."})
        await goes(sara, *BEGUN, UpTo("", said), "send", "sure")
        await goes(kim, *BEGUN, UpTo("", said))
        (sent,) = [one.reference for one in (await sara.sees())[0].sent]
        await took(served, sent, who)
        await did(served, sent, who, "assessment", posted(right["assessment"]))
        await did(served, sent, who, "ask", posted(right["ask"] | {"keys.ids": ["proposal", "contributes"]}))
        await sara.taps(f"complete:{(await case_of(served, sent)).id}")
        start = {"area.words": "Lugnet", "proposal.text": "Lamps along the path.", "actors.new.name": "Odlarna"}
        done = await fill_in(served.turns, who, None, "start", posted(start | {"actors.new.kind": "association"}))
        assert done
        assert done.done, done.refused
        assert done.done.case
    finally:
        await served.close()
    return [sent, done.done.case.reference]


async def _seen_by(tree: Path, url: str, folder: Path, references: list[str]) -> dict[str, Any]:
    """What the program in this tree shows of the same database."""
    asked = [sys.executable, "-m", "tests.renamed", url, str(folder), *references]
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    process = await asyncio.create_subprocess_exec(
        *asked, cwd=tree, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    said, trouble = await process.communicate()
    assert process.returncode == 0, trouble.decode()
    return dict(json.loads(said))


def _names(paper: Any) -> list[str]:
    """Every key, kind and id of a choice in a paper's JSON."""
    match paper:
        case dict():
            own = [one for name in ("key", "kind", "scope", "id") if isinstance(one := paper.get(name), str)]
            ids = paper.get("ids", [])
            return [*own, *ids, *(name for value in paper.values() for name in _names(value))]
        case list():
            return [name for value in paper for name in _names(value)]
    return []


def _words(paper: Any) -> Any:
    """A paper's JSON without keys and ids."""
    match paper:
        case dict():
            unnamed = {name: one for name, one in paper.items() if name not in ("key", "kind", "scope", "value", "ids")}
            return {name: _words(one) for name, one in unnamed.items()}
        case list():
            return [_words(one) for one in paper]
    return paper

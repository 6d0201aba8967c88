"""No text bypasses the catalogs: in a language in which every message stands in brackets, nothing of ours stands outside them."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po, write_po

from bot.speech import catalog_file, catalogs
from dialogs.language.events import Press, Say, Start
from dialogs.phases.steps import TASKS
from tests.applicant import ANSWERS
from tests.house import Caller
from tests.web.cases import busy, signed_in
from tests.web.conftest import serve
from tests.web.visitor import Visitor

PSEUDO = "eo"
"""A language that CLDR knows and nobody here has a catalog of."""
SOMEBODYS = {"bdi", "script", "style", "kbd", "code"}
SPOKEN = {"aria-label", "alt", "title", "placeholder", "data-left", "data-over", "data-failed"}
VOID = {"input", "meta", "link", "img", "br", "path", "circle", "line", "rect", "polygon", "hr"}
ENDINGS = {"zip", "csv", "svg", "ics", "pdf"}
MONTHS = {name for form in ("wide", "abbreviated") for name in Locale.parse(PSEUDO).months["format"][form].values()}


@pytest.fixture
def pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalog in which each message is itself, in brackets."""
    folder = tmp_path / "locales"
    shutil.copytree(catalog_file.CATALOGS, folder)
    with (folder / "messages.pot").open("rb") as file:
        messages = read_po(file, locale=PSEUDO)
    for message in messages:
        if message.id:
            one = message.id if isinstance(message.id, tuple) else (message.id,)
            said = tuple(f"⟦{text}⟧" for text in one)
            message.string = said if message.pluralizable else said[0]
    to = folder / PSEUDO / "LC_MESSAGES"
    to.mkdir(parents=True)
    with (to / "messages.po").open("wb") as written:
        write_po(written, messages)
    monkeypatch.setattr(catalog_file, "CATALOGS", folder)


class Loose(HTMLParser):
    """The text of a page that is ours: not somebody's own, and not in a language of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.within: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        theirs = tag in SOMEBODYS or "own" in at.get("class", "").split() or ("lang" in at and tag != "html")
        self.text += [value for name, value in at.items() if name in SPOKEN and not theirs and not any(self.within)]
        if tag not in VOID:
            self.within.append(theirs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.within:
            self.within.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.within):
            self.text.append(data)


def outside(html: str, said: set[str]) -> set[str]:
    """The words that stand outside every bracket, without those that somebody `said`."""
    reader = Loose()
    reader.feed(html)
    text = "\n".join(reader.text)
    while True:
        text, found = re.subn(r"⟦[^⟦⟧]*⟧", " ", text)
        if not found:
            break
    words = set(re.findall(r"[^\W\d_]{2,}", re.sub(r"https?://\S+", " ", text)))
    languages = spoken(
        *catalogs.languages().values(), *(catalogs.called(code, PSEUDO) for code in catalogs.languages())
    )
    return {word for word in words if word.casefold() not in said | languages | ENDINGS | spoken(*MONTHS)}


def spoken(*texts: str) -> set[str]:
    """The words of what people write in these tests."""
    return {word.casefold() for text in texts for word in re.findall(r"[^\W\d_]{2,}", text)}


THEIRS = spoken(*(step for steps in ANSWERS.values() for step in steps), "Trees and benches", "SAM mailbox example se")


@pytest.mark.usefixtures("pseudo")
async def test_the_whole_chat_comes_out_of_the_catalog(sqlite_url: str, tmp_path: Path) -> None:
    served = await serve(sqlite_url, tmp_path)
    token = served.keys.new()
    caller = Caller(served.turns, served.keys.hash(token), PSEUDO)
    async with Visitor(served.url, PSEUDO) as visitor:
        for path in ("/", "/help", "/privacy", "/accessibility", "/nothing", "/queue"):
            assert outside((await visitor.open(path)).html, THEIRS) == set(), path
        visitor.session.cookie_jar.update_cookies({"chat": token}, response_url=served.server.make_url("/"))
        await caller.does(Start())
        shown = await caller.taps("accept")
        while shown[-1].type == "ask":
            key = shown[-1].key
            assert outside((await visitor.open("/")).html, THEIRS) == set(), key
            for step in ("say Trees and benches",) if key == "proposal" else ANSWERS[key]:
                verb, _space, rest = step.partition(" ")
                shown = await caller.does(Say(rest)) if verb == "say" else await caller.taps(rest)
        for act in ("send", "sure"):
            assert outside((await visitor.open("/")).html, THEIRS) == set(), act
            await caller.taps(act)
        for act in ("", "status", "help", "menu", "drafts", "language", "data"):
            await caller.does(Press(act))
            assert outside((await visitor.open("/")).html, THEIRS) == set(), act
        assert outside((await visitor.open("/link")).html, THEIRS) == set()
    await served.close()


@pytest.mark.usefixtures("pseudo")
async def test_the_desk_comes_out_of_the_catalog(sqlite_url: str, tmp_path: Path) -> None:
    served = await serve(sqlite_url, tmp_path)
    reference = await busy(served)
    city = served.turns.house.city
    theirs = THEIRS | spoken(
        "Nadia Strong Two kinds Welcome Stadshuset A good meeting Is it in the plan Please say more Remember the key",
        "In the evening it is dark and the lamps are broken",
        *(one.name for one in city.committees),
        *(one.name for one in city.districts),
    )
    async with await signed_in(served) as nadia:
        await nadia.post("/queue/language", {"language": PSEUDO})
        await nadia.post("/queue", {"words": "nothing"})
        pages = ["/queue", "/queue?sought=1&state=taken", "/queue/people", "/queue/start", "/queue/absence"]
        pages += ["/queue/overview", f"/queue/{reference}", f"/queue/{reference}/log"]
        pages += [f"/queue/{reference}/do/{task}" for task in TASKS]
        found = {path: outside(page.html, theirs) for path in pages if (page := await nadia.open(path)).status == 200}
        assert {path: words for path, words in found.items() if words} == {}
        assert len(found) > 15
    await served.close()

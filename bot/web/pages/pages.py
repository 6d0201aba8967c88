"""Pages: turns templates and words into HTML. Law: autoescape is on, and every sentence goes through speech."""

import hashlib
import re
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from bot.speech import catalogs
from bot.speech.template import spoken
from bot.web.pages.address import address_in, linked
from bot.web.pages.compiled import Compiled
from dialogs.applicants.terms import SWITCHBOARD
from dialogs.applicants.where import House
from dialogs.language.replies import AnsweredQuestion
from dialogs.language.words import Words

HERE = Path(__file__).parent.parent
STATIC = HERE / "static"
REFERENCE = re.compile(r"\bSAM-\d{4}-\d{4,}\b", re.ASCII)
WHOLE = re.compile(rf"{REFERENCE.pattern}|{re.escape(SWITCHBOARD)}", re.ASCII)


def versioned(name: str) -> str:
    """The path of a static file with the first digits of its hash, so that browsers may keep it for ever."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"


def by_section(lines: tuple[AnsweredQuestion, ...], title: Words) -> list[tuple[Words | None, list[AnsweredQuestion]]]:
    """The lines of a review under their headings; a heading that would only repeat the review's `title` is left out."""
    return [
        (section if section != title else None, list(these))
        for section, these in groupby(lines, lambda line: line.section)
    ]


def unbroken(said: str) -> Markup:
    """A sentence in which no line breaks inside a reference number or a telephone number, as it otherwise could at each hyphen."""
    return Markup(WHOLE.sub(r'<bdi class="unbroken">\g<0></bdi>', str(escape(said))))  # noqa: S704 it is escaped, and a reference needs no escaping


class Pages:
    """The templates, in the house's languages. `chat` is where the chat is, "" for the same host."""

    def __init__(self, house: House, chat: str = "") -> None:
        self.environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            bytecode_cache=Compiled(),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.filters |= {"by_section": by_section, "unbroken": unbroken, "linked": linked}
        paths = {file.name: versioned(file.name) for file in STATIC.iterdir()}
        self.environment.globals.update(
            static=paths.__getitem__,
            languages=house.languages,
            choices=house.choices,
            unreviewed=house.unreviewed,
            mailbox=house.mailbox,
            chat=chat,
            address_in=lambda text: address_in(text, house.chat),
            dir=catalogs.direction,
            tag=catalogs.tag,
        )

    def page(self, name: str, locale: str, **values: Any) -> str:
        """The page `name` for a reader of `locale`."""
        return self._template(name).render(spoken(locale) | values)

    def macro(self, name: str, macro: str, locale: str, *arguments: Any) -> Markup:
        """The output of one macro of the template `name`."""
        return Markup(getattr(self._template(name).make_module(spoken(locale)), macro)(*arguments))  # noqa: S704 a macro's own output is escaped

    def _template(self, name: str) -> Template:
        return self.environment.get_template(f"{name}.html")

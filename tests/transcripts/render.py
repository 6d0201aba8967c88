"""Replies as they stand in a transcript: what a reader of that language meets, with each button's act behind it."""

import re
from typing import assert_never

from bot.speech import catalogs
from bot.speech.catalogs import ISOLATE, POP, moment
from bot.speech.wording import label_of
from dialogs.language.replies import (
    AnsweredQuestion,
    Appointment,
    Ask,
    Button,
    Export,
    Receipt,
    Reply,
    Retraction,
    Review,
    Tell,
)
from dialogs.language.words import Text, Words

MARK = re.compile(r"right:[0-9a-f]{10}")
SIGNS = {"plain": "", "good": "☺ ", "guidance": "☞ ", "trouble": "! "}


def say(text: Text, locale: str) -> str:
    """Words as both channels show them: with a line for each sentence, where a language has that."""
    return catalogs.say(text, locale, by_line=True)


def rendered(reply: Reply, locale: str) -> list[str]:
    """The lines of a reply in a language."""
    return [line.replace(ISOLATE, "").replace(POP, "") for part in _parts(reply, locale) for line in part.split("\n")]


def _parts(reply: Reply, locale: str) -> list[str]:
    match reply:
        case Ask():
            return _ask(reply, locale)
        case Tell():
            said = [say(text, locale) for text in reply.words]
            return [
                *_title(reply.title, locale),
                *(SIGNS[reply.tone] * (not number) + text for number, text in enumerate(said)),
                *_rows(reply.rows, locale),
            ]
        case Review():
            words = [say(text, locale) for text in reply.words]
            return [
                *_title(reply.title, locale),
                *_error(reply.error, locale),
                *words,
                *_lines(reply.lines, locale),
                *_rows(reply.rows, locale),
            ]
        case Receipt():
            words = [say(text, locale) for text in reply.words]
            return [
                *_title(reply.title, locale),
                f"{reply.reference} · {moment(reply.at.at, locale)}",
                *words,
                *_rows(reply.rows, locale),
            ]
        case Export():
            return ["(a file)", *(say(text, locale) for text in reply.words)]
        case Appointment():
            words = [say(text, locale) for text in reply.words]
            place = f"{moment(reply.at.at, locale)} · {reply.place}"
            return [
                *_title(reply.title, locale),
                place,
                *words,
                "(a file for the calendar)",
                *_rows(reply.rows, locale),
            ]
        case Retraction():
            return ["(a message is deleted)"]
        case _:
            assert_never(reply)


def _ask(reply: Ask, locale: str) -> list[str]:
    section = [say(reply.section, locale)] if reply.section else []
    noted = [f"✓ {_line(reply.noted, locale)}"] if reply.noted else []
    wording = _wording(reply.wording, locale) if reply.wording else []
    so_far = [f"= {say(text, locale)}" for text in (*reply.so_far, *((reply.source,) if reply.source else ()))]
    hint = [f"({say(reply.hint, locale)})"] if reply.hint else []
    head = " · ".join([*section, say(reply.label, locale)])
    asked = [say(text, locale) for text in reply.ask]
    return [
        *noted,
        head,
        *_error(reply.error, locale),
        *wording,
        *so_far,
        *asked,
        *hint,
        *_rows((*reply.rows, reply.ways), locale),
    ]


def _wording(wording: Words, locale: str) -> list[str]:
    label, said = label_of(wording, locale), say(wording, locale)
    return [f"{say(label, locale)}:", said] if label else [f"“{said}”"]


def _lines(lines: tuple[AnsweredQuestion, ...], locale: str) -> list[str]:
    found, section = list[str](), None
    for line in lines:
        if line.section != section:
            section = line.section
            found += _title(section, locale)
        found.append(_line(line, locale))
    return found


def _line(line: AnsweredQuestion, locale: str) -> str:
    return f"{say(line.label, locale)}: {' / '.join(say(text, locale) for text in line.shown) or '–'}"


def _title(title: Text | None, locale: str) -> list[str]:
    return [f"== {say(title, locale)}"] if title else []


def _error(error: Words | None, locale: str) -> list[str]:
    return [f"! {say(error, locale)}"] if error else []


def _rows(rows: tuple[tuple[Button, ...], ...], locale: str) -> list[str]:
    return [
        "  " + " ".join(f"[{say(button.label, locale)}]{{{MARK.sub('right', button.act)}}}" for button in row)
        for row in rows
        if row
    ]

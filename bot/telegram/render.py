"""Turns a reply into calls of the Bot API, as plain data."""

from typing import Any, assert_never

from bot.speech.catalogs import ISOLATE, direction, progress, say
from bot.speech.wording import label_of
from bot.telegram.press import written
from bot.telegram.text import Paragraph, Run, Tag, messages, shortened
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
from dialogs.language.words import Listing, Text, Words, _

Call = dict[str, Any]
"""A call of the Bot API: its `method` and its parameters."""
LONGEST = 60
"""Characters of a button's label; phones cut off more than that anyway."""
CAPTION = 1024
"""UTF-16 units of a file's caption (Bot API, sendDocument)."""
RLM = "\u200f"
MARKS = {"plain": "", "good": "✅ ", "guidance": "💡 ", "trouble": "⚠️ "}
TIGHT = ("• ", "/")
LABEL = _("{label}:")
MENU = Button(_("☰ Menu"), "menu")


def render(reply: Reply, locale: str, chat: int, replaces: str = "") -> list[Call]:
    """The calls that say `reply` to a reader of `locale`, in order; a question can take the place of the message `replaces`.

    They do not hold the bytes of a file: the sender fills in `document` or `photo`.
    """
    match reply:
        case Tell():
            return _sent(chat, _tell(reply, locale), _keyboard(reply.rows, locale, reply.draft, reply.version))
        case Ask():
            calls = _sent(chat, _ask(reply, locale), _keyboard(_ways(reply), locale, reply.draft, reply.version))
            return [_edit(calls[0], int(replaces))] if replaces.isdecimal() and len(calls) == 1 else calls
        case Review():
            rows = (*reply.rows, (MENU,))
            return _sent(chat, _review(reply, locale), _keyboard(rows, locale, reply.draft, reply.version))
        case Receipt():
            return _sent(chat, _receipt(reply, locale), _keyboard(reply.rows, locale))
        case Export():
            method = "sendPhoto" if reply.what == "overview" else "sendDocument"
            return _enclosing(chat, method, [_paragraph(words, locale) for words in reply.words], reply.rows, locale)
        case Appointment():
            return _enclosing(chat, "sendDocument", _appointment(reply, locale), reply.rows, locale)
        case Retraction():
            return [{"method": "deleteMessage", "chat_id": chat, "message_id": int(reply.message)}]
    assert_never(reply)


def _enclosing(
    chat: int, method: str, paragraphs: list[Paragraph], rows: tuple[tuple[Button, ...], ...], locale: str
) -> list[Call]:
    """Messages, the last of which carries a file."""
    *before, caption = messages(paragraphs, CAPTION) or ["…"]
    file = "photo" if method == "sendPhoto" else "document"
    last: Call = {"method": method, "chat_id": chat, "caption": caption, "parse_mode": "HTML", file: None}
    if keyboard := _keyboard(rows, locale):
        last["reply_markup"] = {"inline_keyboard": keyboard}
    first = {"method": "sendMessage", "chat_id": chat, "parse_mode": "HTML"}
    return [*(first | {"text": page} for page in before), last]


def _appointment(reply: Appointment, locale: str) -> list[Paragraph]:
    return [
        _title(reply.title, locale, mark=MARKS["good"]),
        _paragraph(_("{at}", at=reply.at), locale, "b"),
        _paragraph(_("Place: {place}", place=reply.place), locale, tight=True),
        *(_paragraph(words, locale) for words in reply.words),
    ]


def as_new(call: Call) -> Call:
    """The call as a new message instead of an edit."""
    return {name: value for name, value in call.items() if name != "message_id"} | {"method": "sendMessage"}


def _sent(chat: int, paragraphs: list[Paragraph], keyboard: list[list[dict[str, str]]]) -> list[Call]:
    calls: list[Call] = [
        {
            "method": "sendMessage",
            "chat_id": chat,
            "text": page,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        for page in messages(paragraphs) or ["…"]
    ]
    if keyboard:
        calls[-1]["reply_markup"] = {"inline_keyboard": keyboard}
    return calls


def _edit(call: Call, message: int) -> Call:
    return call | {"method": "editMessageText", "message_id": message}


def _tell(reply: Tell, locale: str) -> list[Paragraph]:
    mark = MARKS[reply.tone]
    if reply.title:
        return [_title(reply.title, locale, mark=mark), *_texts(reply.words, locale)]
    return _texts(reply.words, locale, mark)


def _texts(texts: tuple[Text, ...], locale: str, mark: str = "") -> list[Paragraph]:
    """Texts below each other. Those under a label follow it without a gap, up to the next line that introduces something."""
    said: list[Paragraph] = []
    close = False
    for text in texts:
        label = isinstance(text, Words) and text.id == LABEL.id
        leads = label or say(text, locale).endswith(":")
        said.append(_paragraph(text, locale, "b" if label else "", "" if said else mark, close and not leads))
        close = label or (close and not leads)
    return said


def _ask(reply: Ask, locale: str) -> list[Paragraph]:
    *body, question = reply.ask
    said = (
        [_paragraph(_("✓ {label}: {answer}", label=reply.noted.label, answer=Listing(reply.noted.shown)), locale)]
        if reply.noted
        else []
    )
    said += [_paragraph(reply.error, locale, mark=MARKS["trouble"])] if reply.error else []
    said.append(_where(reply, locale))
    said += _wording(reply.wording, locale) if reply.wording else []
    said += _texts(tuple(body), locale)
    if reply.source:
        said += _texts((_("{label}:", label=_("Known already")), *reply.so_far), locale)
        said.append(_paragraph(reply.source, locale, "i", tight=True))
    elif reply.so_far:
        said += [
            _paragraph(_("Your answer so far:"), locale, "i"),
            *(_paragraph(text, locale, mark="• ", tight=True) for text in reply.so_far),
        ]
    said.append(_paragraph(question, locale, "b"))
    return said + ([_paragraph(reply.hint, locale, "i")] if reply.hint else [])


def _wording(wording: Words, locale: str) -> list[Paragraph]:
    label = label_of(wording, locale)
    if label is None:
        return [_paragraph(wording, locale, "blockquote")]
    return [_title(_("{label}:", label=label), locale, "i"), _paragraph(wording, locale, tight=True)]


def _where(reply: Ask, locale: str) -> Paragraph:
    titles = (reply.section, reply.label if reply.wording or not reply.section else None)
    heading = " · ".join([progress(reply.place, locale), *(say(title, locale) for title in titles if title)])
    return Paragraph((Run(_directed(heading, locale)),))


def _ways(reply: Ask) -> tuple[tuple[Button, ...], ...]:
    """The buttons' rows: the answers, then the other ways, a row each, then the quiet ones side by side, with the way back and the menu last."""
    own = tuple((way,) for way in reply.ways if way.weight != "quiet")
    small = tuple(way for way in reply.ways if way.weight == "quiet" and way.act != "back")
    back = tuple(way for way in reply.ways if way.act == "back")
    return (*reply.rows, *own, *((small,) if small else ()), (*back, MENU))


def _review(reply: Review, locale: str) -> list[Paragraph]:
    said = [_paragraph(reply.error, locale, mark=MARKS["trouble"])] if reply.error else []
    said += [_title(reply.title, locale), *(_paragraph(words, locale) for words in reply.words)]
    section: Words | None = None
    for line in reply.lines:
        if line.section and line.section not in (section, reply.title):
            said.append(_title(line.section, locale, "u"))
        section = line.section
        said += _line(line, locale)
    return said


def _line(line: AnsweredQuestion, locale: str) -> list[Paragraph]:
    return [
        _title(line.label, locale),
        *(_paragraph(text, locale, tight=True) for text in line.shown or ("–",)),
    ]


def _receipt(reply: Receipt, locale: str) -> list[Paragraph]:
    before, reference, after = say(_("Reference number: {reference}", reference=reply.reference), locale).partition(
        reply.reference
    )
    number = Paragraph((Run(_directed(before, locale)), Run(reference, "b"), Run(after)))
    received = _paragraph(_("Received: {at}", at=reply.at), locale, tight=True)
    return [
        _title(reply.title, locale, mark=MARKS["good"]),
        number,
        received,
        *(_paragraph(words, locale) for words in reply.words),
    ]


def _paragraph(text: Text, locale: str, tag: Tag = "", mark: str = "", tight: bool = False) -> Paragraph:
    said = mark + say(text, locale, by_line=True)
    return Paragraph(
        (Run(said if isinstance(text, str) else _directed(said, text.locale or locale), tag),),
        tight or said.lstrip(ISOLATE).startswith(TIGHT),
    )


def _title(words: Words, locale: str, tag: Tag = "b", mark: str = "") -> Paragraph:
    """A title stays on one line, in every language."""
    return Paragraph((Run(_directed(mark + say(words, locale), words.locale or locale), tag),))


def _directed(text: str, locale: str) -> str:
    """Make our own lines run in the direction of their language, whatever they begin with. A person's text finds its own direction."""
    return "\n".join(RLM + line if line else line for line in text.split("\n")) if direction(locale) == "rtl" else text


def _keyboard(
    rows: tuple[tuple[Button, ...], ...], locale: str, draft: int = 0, version: int = 0
) -> list[list[dict[str, str]]]:
    return [
        [
            {"text": shortened(say(button.label, locale), LONGEST), "callback_data": written(button, draft, version)}
            for button in row
        ]
        for row in rows
        if row
    ]

"""Options by number, for channels without buttons (`Channel.buttons`).

Law: a number means one option for as long as what was said stands, and none while a number may be the answer. What was said since, and has
not been read, is chosen by nothing; what cannot be taken back (`Button.final`) by nothing that led to it, however often it is sent.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, filterfalse
from typing import assert_never

from bot.speech.catalogs import ISOLATE, POP, say
from bot.speech.plain import paragraphs
from dialogs.language.channel import Channel
from dialogs.language.events import Event, Press, typed
from dialogs.language.replies import Appointment, Ask, Button, Export, Receipt, Reply, Retraction, Review, Tell
from dialogs.language.words import Text, _

MENU = Button(_("☰ Menu"), "menu")
HOME, HOME_BY_LETTER = "0", "M"
"""The mark of the menu, which is always there; the letter stands for nothing else, and 0 is an amount where one is asked for."""
COUNTED = frozenset(("number", "date", "datetime"))
"""Forms of fields in which a number by itself may be the answer. As long as such a field stands, all options have letters."""
LONGEST = 200
"""Characters of the longest text that may name an option."""
SHORTEST = 2
"""Characters of a text that may be meant for an option, whatever it is."""
EARLIER = Press("", "earlier")
"""What was chosen among what does not stand there any more: the press of no question, at which is shown what does."""
LETTERS = "ABCDEFGHIJKLNOPQRSTUVWXYZ"
BOXES = "☐☑ "
"""What stands before the label of an option that is chosen or not; nobody writes it."""
KEYCAP = str.maketrans("", "", "\ufe0f\u20e3")
"""What makes a key with a number on it out of a digit (UTS 51, emoji keycap sequence)."""


@dataclass(frozen=True, slots=True)
class NumberedOption:
    """One option: what is written to choose it, its label in the reader's language, and the press that it is."""

    mark: str
    label: str
    press: Press


def options(shown: Sequence[Reply], locale: str) -> list[list[NumberedOption]]:
    """The options of each of the replies that stand somewhere, in order. Their numbers go on from one reply to the next."""
    found: list[list[NumberedOption]] = []
    usual: Iterator[str] = map(str, count(1))
    if any(map(_counts, shown)):
        usual = filterfalse(_is_twice, map(_letters, count(1)))
    marks = {False: usual, True: (letter * 2 for letter in LETTERS)}
    for reply in shown:
        draft, version = (reply.draft, reply.version) if isinstance(reply, Ask | Review | Tell) else (0, 0)
        mine: list[NumberedOption] = []
        for button in _buttons(reply):
            press = Press(button.act, button.key, draft, version)
            mine.append(NumberedOption(next(marks[button.final]), say(button.label, locale), press))
        found.append(mine)
    return found


def written(reply: Reply, before: Sequence[Reply], locale: str, channel: Channel, mailbox: str) -> str:
    """A reply as it is sent to somebody for whom `before` stands already. What the channel cannot do is said, with the way that can:
    files go to `mailbox`.
    """
    mine = options((*before, reply), locale)[-1]
    said = paragraphs(reply, locale)
    if not channel.files:
        said += [say(text, locale) for text in _instead(reply, mailbox)]
    menu = [f"{_home((*before, reply))}. {say(MENU.label, locale)}"] if isinstance(reply, Ask | Review) else []
    listed = [f"{one.mark}. {one.label}" for one in mine] + menu
    if mine:
        how = _("Answer with the number of what you choose. It takes the place of a button.")
        if not any(one.mark.isdigit() for one in mine):
            how = _("Answer with the letter of what you choose. It takes the place of a button.")
        if any(map(_is_twice, (one.mark for one in mine))):
            how = _("Answer with what stands before what you choose. It takes the place of a button.")
        listed.append(say(how, locale))
    return "\n\n".join([*said, *(["\n".join(listed)] if listed else [])])


def read(text: str, shown: Sequence[Reply], locale: str, ref: str = "", *, coming: bool = False) -> Event:
    """What somebody means for whom these replies stand: an option, by its mark or in its own words; else what they wrote, whose name is `ref`.

    Where nothing stands any more, or something is still `coming` that they cannot have read, a short text is meant for none of that: EARLIER.
    """
    if len(text) > LONGEST:
        return typed(text, ref)
    mark = _mark(text)
    if mark == _home(shown).casefold():
        return Press(MENU.act)
    found = [option for mine in reversed(options(shown, locale)) for option in mine]
    said = next((one for one in found if one.mark.casefold() == mark), None)
    said = said or next((one for one in found if _plain(one.label) == _plain(text)), None)
    if not said and (coming or not shown) and len(mark) <= SHORTEST:
        return EARLIER
    return said.press if said else typed(text, ref)


def _counts(reply: Reply) -> bool:
    return isinstance(reply, Ask) and any(field.form in COUNTED for field in reply.fields)


def _home(shown: Sequence[Reply]) -> str:
    return HOME_BY_LETTER if any(map(_counts, shown)) else HOME


def _buttons(reply: Reply) -> Iterator[Button]:
    yield from (button for row in reply.rows for button in row)
    if isinstance(reply, Ask):
        yield from reply.ways


def _instead(reply: Reply, mailbox: str) -> list[Text]:
    match reply:
        case Export(what="package" | "overview" | "copy"):
            return [_("It cannot be sent here. You find it in the queue on the web.")]
        case Export():
            return [
                _(
                    "It is a file, and files cannot be sent here. Please write to {mailbox}, and you get it in another way.",
                    mailbox=mailbox,
                )
            ]
        case Ask(fields=fields):
            files = _("Files cannot be sent here. Please send them by e-mail to {mailbox}.", mailbox=mailbox)
            return [files] if any(field.form == "files" for field in fields) else []
        case Tell() | Review() | Receipt() | Appointment() | Retraction():
            return []
    assert_never(reply)


def _letters(number: int) -> str:
    """The letters of an option: A to Z without the menu's, then AA, AB and so on."""
    found = ""
    while number:
        number, last = divmod(number - 1, len(LETTERS))
        found = LETTERS[last] + found
    return found


def _is_twice(mark: str) -> bool:
    """Whether it is a letter twice, which stands for what cannot be taken back alone. Two digits are none."""
    return mark.isalpha() and mark[:1] * 2 == mark


def _plain(text: str) -> str:
    return " ".join(text.replace(ISOLATE, "").replace(POP, "").casefold().strip(BOXES).split())


def _mark(text: str) -> str:
    """The mark that somebody may mean: a number without a dot or bracket after it, keycap or leading zeros, in our digits."""
    mark = "".join(map(_digit, _plain(text).translate(KEYCAP).rstrip(".)")))
    return mark.lstrip("0") or HOME if mark.isdecimal() else mark


def _digit(char: str) -> str:
    """A digit of any script as one of ours."""
    return str(unicodedata.decimal(char, char))

"""The contact person's reading copy: what goes into it, and how it is shown. Law: the original is there as well, and is what counts.
Law: a translation service is given what applicants wrote in their own words, and nothing else: no names, no addresses, nothing of a protected case.
"""

from collections.abc import Mapping

from dialogs.case.case import Case, Submission
from dialogs.engine.record import Record
from dialogs.kinds.text import FreeText
from dialogs.language.replies import Button, Export, Tell
from dialogs.language.words import Text, Words, _
from dialogs.phases.steps import DIALOGS

Written = tuple[str, str]
"""A text, and the language it is written in."""
BESIDE = _("Show a machine translation beside it")
ORIGINALS_COUNT = _("The machine translations are for your reading only. What the applicants wrote is what counts.")
MADE = _("Machine translation")


def foreign_texts(case: Case, sent: list[Submission]) -> list[Written]:
    """What applicants wrote in a language other than Swedish, each with its language: what a reading copy is for. Of a protected case, nothing."""
    if case.protected:
        return []
    said = [text for one in sent for record in (one.record, one.shared) if record for text in _in_own_words(record)]
    written = [(one.text, one.locale) for one in case.messages if not one.by]
    return [(text, locale) for text, locale in (*said, *written) if not locale.startswith("sv")]


def _in_own_words(record: Record) -> list[Written]:
    """The answers to those questions that ask for a text: not who the actors are, where it is, or whom to answer."""
    asked = DIALOGS[record.dialog].questions if record.dialog in DIALOGS else ()
    free = {question.key for question in asked if isinstance(question.kind, FreeText)}
    return [(entry.value, entry.locale) for entry in record.entries if entry.key in free]


def copies_of(texts: list[Written], made: Mapping[Written, str]) -> dict[Written, str | None]:
    """Each of these texts with its translation, or None where there is none just now."""
    return {one: made.get(one) for one in texts if one[0].strip()}


def wanted(case: Case) -> Export:
    """The reading copy of a case: made when it is sent, and kept nowhere."""
    return Export((ORIGINALS_COUNT,), "copy", case.id)


def beside(case: Case, texts: list[Written], copies: Mapping[Written, str]) -> Tell:
    """Each original, and below it a Swedish translation marked as machine-made, or a note that there is none just now."""
    words: list[Text] = [ORIGINALS_COUNT]
    for one, copy in copies_of(texts, copies).items():
        words += [one[0], *_copy(copy)]
    back: Words = _("Open {reference}", reference=case.reference)
    return Tell(tuple(words), title=MADE, rows=((Button(back, f"case:{case.id}"),),))


def _copy(copy: str | None) -> tuple[Text, ...]:
    if copy is None:
        return (_("This could not be translated just now."),)
    return (_("{label}:", label=MADE), copy)

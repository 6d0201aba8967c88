"""The contact person's reading copy: what goes into it, and how it is shown. Law: the original is there as well, and is what counts."""

from collections.abc import Mapping

from dialogs.case.case import Case, Submission
from dialogs.language.replies import Button, Export, Tell
from dialogs.language.words import Text, Words, _

Written = tuple[str, str]
"""A text, and the language it is written in."""
BESIDE = _("Show a machine translation beside it")
ORIGINALS_COUNT = _("The machine translations are for your reading only. What the applicants wrote is what counts.")
MADE = _("Machine translation")


def foreign_texts(case: Case, sent: list[Submission]) -> list[Written]:
    """The texts written in a language other than Swedish, each with its language: what a reading copy is for."""
    entries = [entry for one in sent for record in (one.record, one.shared) if record for entry in record.entries]
    said = [(text, entry.locale) for entry in entries for text in entry.shown if isinstance(text, str)]
    written = [(one.text, one.locale) for one in case.messages]
    return [(text, locale) for text, locale in (*said, *written) if not locale.startswith("sv")]


def wanted(case: Case) -> Export:
    """The reading copy of a case: made when it is sent, and kept nowhere."""
    return Export((ORIGINALS_COUNT,), "copy", case.id)


def beside(case: Case, texts: list[Written], copies: Mapping[Written, str]) -> Tell:
    """Each original, and below it a Swedish translation marked as machine-made, or a note that there is none just now."""
    words: list[Text] = [ORIGINALS_COUNT]
    for one in dict.fromkeys(texts):
        if one[0].strip():
            words += [one[0], *_copy(copies.get(one))]
    back: Words = _("Open {reference}", reference=case.reference)
    return Tell(tuple(words), title=MADE, rows=((Button(back, f"case:{case.id}"),),))


def _copy(copy: str | None) -> tuple[Text, ...]:
    if copy is None:
        return (_("This could not be translated just now."),)
    return (_("{label}:", label=MADE), copy)

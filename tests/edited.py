"""The application after an edit: what the tests of drafts that are open meanwhile look at."""

from dataclasses import replace

from dialogs.engine.declare import Dialog, Question
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.kinds.text import FreeText
from dialogs.language.words import _
from dialogs.phases.initiation.application import APPLICATION

FIRST = Question("first", _("First"), _("What comes first?"), FreeText(200))
GONE = ("cooperation", "papers")
"""A question that is answered with words, and one that is answered with files."""
SENTENCE = "The questions have changed since you were here last. Nothing you wrote is lost."


def edited(*gone: str, first: bool = True) -> Dialog:
    """The application of tomorrow: a question more at the beginning, one in other words, one with an option less, and some `gone`."""
    sections = [
        replace(section, questions=tuple(_changed(one) for one in section.questions if one.key not in gone))
        for section in APPLICATION.sections
    ]
    if first:
        sections[0] = replace(sections[0], questions=(FIRST, *sections[0].questions))
    return replace(APPLICATION, sections=tuple(sections))


def _changed(question: Question) -> Question:
    match question.key, question.kind:
        case "challenges", _kind:
            return replace(question, ask=_("What is difficult in the area today?"))
        case "contributes", SeveralChoices(options=tuple() as options):
            return replace(question, kind=replace(question.kind, options=options[1:]))
    return question


def without(*gone: str) -> Dialog:
    """The application without these questions, and otherwise as it is."""
    sections = (
        replace(section, questions=tuple(one for one in section.questions if one.key not in gone))
        for section in APPLICATION.sections
    )
    return replace(APPLICATION, sections=tuple(sections))

"""Whether what a step is prefilled with fits its questions; if not, it is the author's error."""

from bot.speech.catalogs import say
from dialogs.case.background import Background
from dialogs.case.step import Step
from dialogs.engine.draft import Answer, Draft
from dialogs.language.words import Words


def in_swedish(words: Words) -> str:
    """The words for whoever is asked."""
    return say(words, "sv")


def misfits(step: Step, background: Background, given: dict[str, Answer] | None = None) -> set[str]:
    """The questions of a step that would not take what they are prefilled with; `given` is what a draft of it holds without asking."""
    draft = step.informed(Draft(1, answers=given or {}), background, in_swedish)
    return {key for key, source in step.prefilled.items() if source(background)} - (draft.prefilled or {}).keys()

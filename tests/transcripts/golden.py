"""What the golden conversations are played with."""

from pathlib import Path

from bot.speech.catalog_file import ENGLISH
from bot.speech.catalogs import languages, say
from tests.dialogs.kinds.declared import QUESTIONS

HERE = Path(__file__).parent


def offered() -> dict[str, str]:
    """The languages of their menus: those in which a ready group has a golden conversation. Another language changes none of them."""
    return {
        code: name for code, name in languages().items() if code == ENGLISH or (HERE / f"ready.{code}.txt").exists()
    }


def is_new(key: str, text: str, locale: str) -> bool:
    """Whether a golden conversation knows nothing of the question that is asked, neither its label nor its sentence; not where nothing is asked.

    With `--update` whoever plays it answers such a question by its key (tests/answers.py) and writes that down; what is only worded anew, they do not.
    """
    declared = [question for question in QUESTIONS if question.key == key]
    lines = text.splitlines()
    for question in declared:
        label, sentence = (
            say(words, locale, by_line=True) for words in (question.label, question.wording or question.ask)
        )
        first = sentence.partition("\n")[0]
        if any(line.endswith((f" {label}", f"= {label}")) or first in line for line in lines):
            return False
    return bool(declared)

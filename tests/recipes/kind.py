"""The recipe "A kind of answer": a share in per cent, written or pressed; and a question that uses it."""

from tests.recipes.question import APPLICATION, OPPORTUNITIES
from tests.recipes.recipe import Line, Mistake, Recipe

PERCENTAGE = '''\
"""A share in per cent."""

from dataclasses import dataclass

from dialogs.kinds.kind import CONTINUE, AnswerControls, AnswerEvent, Known, Layout, Refusal, Value, misfit, pressed
from dialogs.language.events import Fill, Say
from dialogs.language.replies import Button, Field, Rows
from dialogs.language.words import Text, _

HALF, ALL = "50", "100"


@dataclass(frozen=True, slots=True)
class Percentage:
    """A share. The value is an int from 0 to 100."""

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        match event:
            case Say(text=text):
                pass
            case Fill(act="done", fields=fields):
                text = "".join(fields.get("share", ()))
            case _:
                text = pressed(event)
        said = text.strip(" %")
        if len(said) <= 3 and said.isascii() and said.isdecimal() and int(said) <= 100:
            return int(said)
        return Refusal(misfit(event) or _("Please write a share in per cent, from 0 to 100."))

    def accepts(self, value: Value, known: Known) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        return (_("{share} per cent", share=value),) if self.accepts(value, known) else ()

    def offer(self, value: Value, known: Known) -> AnswerControls:
        now = (str(value),) if self.accepts(value, known) else ()
        return AnswerControls(
            rows=((Button(_("Half of it"), HALF), Button(_("All of it"), ALL)),),
            fields=(Field("share", "number", _("Share in per cent"), now),),
        )

    def layout(self, rows: Rows) -> Layout:
        return Layout((CONTINUE,), rows)
'''
ASKED = """\
        Question("own_share", _("Your share"), _("How much of the cost can you bear yourselves?"), Percentage()),
"""
KIND = Recipe(
    "kind",
    sources=2,  # its own, and that of the question that uses it
    files={"dialogs/kinds/percentage.py": PERCENTAGE},
    lines=(
        Line(APPLICATION, ASKED, after=OPPORTUNITIES),
        Line(
            APPLICATION,
            "from dialogs.kinds.percentage import Percentage\n",
            after="from dialogs.kinds.one_choice import OneChoice\n",
        ),
    ),
    words={
        "Please write a share in per cent, from 0 to 100.": "Skriv en andel i procent, från 0 till 100.",
        "{share} per cent": "{share} procent",
        "Half of it": "Hälften",
        "All of it": "Allt",
        "Share in per cent": "Andel i procent",
        "Your share": "Er andel",
        "How much of the cost can you bear yourselves?": "Hur stor del av kostnaden kan ni stå för själva?",
    },
    tests=(
        "tests/recipes/proofs/kind.py",
        "tests/dialogs/kinds/test_kinds.py::test_whatever_is_sent_is_read_or_refused_with_words[Percentage]",
        "tests/telegram/test_press.py::test_every_button_of_every_question_fits_and_comes_back[application]",
    ),
    mistakes={
        "a verb left out": Mistake(
            "dialogs/kinds/percentage.py",
            "    def layout(self, rows: Rows) -> Layout:\n        return Layout((CONTINUE,), rows)\n",
            "",
            "question 'own_share': its kind, Percentage, lacks layout(): see dialogs/kinds/kind.py",
        ),
        "a field of a form that there is not": Mistake(
            "dialogs/kinds/percentage.py",
            'Field("share", "number"',
            'Field("share", "slider"',
            "field 'share': there is no form 'slider', only",
        ),
    },
)

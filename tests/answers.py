"""What the people of the tests answer: by question key, once; a question that nobody gave an answer for gets one that fits its kind.

The same answer is given in a chat (`chat`: what is tapped and said) and in a form (`form`: buttons, and what is filled in before).
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from dialogs.desk.dialogs import DESK_DIALOGS
from dialogs.engine.declare import Question
from dialogs.kinds.amount import Amount
from dialogs.kinds.card import Card
from dialogs.kinds.contact import Contact
from dialogs.kinds.day import Day
from dialogs.kinds.email import Email
from dialogs.kinds.files import Attachments
from dialogs.kinds.items import Items
from dialogs.kinds.kind import Kind
from dialogs.kinds.one_choice import OneChoice
from dialogs.kinds.place import Place
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.kinds.text import FreeText
from dialogs.kinds.times import Times
from dialogs.kinds.verdict import Verdict
from dialogs.language.replies import FORMS
from dialogs.phases.initiation.criteria import CRITERIA as DECLARED
from dialogs.phases.steps import DIALOGS

CRITERIA = tuple(criterion.key for criterion in DECLARED)
QUESTIONS: dict[str, Question] = {
    question.key: question
    for dialog in (*DESK_DIALOGS.values(), *reversed(DIALOGS.values()))
    for section in dialog.sections
    for question in section.questions
}
"""Every question by its key; where two dialogs have one of the same key, the application's."""


ASKED = [question.key for section in DIALOGS["application"].sections for question in section.questions]
"""The keys of the application's questions in the order in which they are asked; some are asked in one of two places."""


class Given(NamedTuple):
    """What is done in a form: the button, and what is filled in before."""

    act: str
    fields: dict[str, str | list[str]] = {}  # noqa: RUF012 - a tuple's default, which nobody changes


def went_on(asked: str, now: str, said: object = "") -> None:
    """Whoever answers what is asked calls it after each answer: AssertionError with the question's name when it is asked once more.

    `now` is the key of the question that is asked now; `said` is what was said to the answer.
    """
    assert now != asked, f"the answer to {asked!r} was refused: {said}"


def default(kind: Kind) -> Any:  # noqa: C901, PLR0911, PLR0912 one case for each kind
    """An answer that every question of this kind takes."""
    match kind:
        case FreeText():
            return "Bänkar och träd, som vi har talat om på gården."
        case OneChoice(options=options):
            return "a1" if callable(options) else options[0].id
        case SeveralChoices(options=options, least=least):
            return {"ids": [] if callable(options) else [one.id for one in options[:least]], "words": "Ungefär så."}
        case Items(kinds=kinds):
            return [("Brf Torget", kinds[0].id), ("Torgets vänner", kinds[1].id)]
        case Place():
            return {"words": "Möllevångstorget", "bounds": ["Bergsgatan"]}
        case Contact():
            return {"name": "Sara Ali", "email": "sara@malmo.se"}
        case Verdict(options=options):
            return {"id": options[0].id, "words": ""}
        case Email():
            return "sara@malmo.se"
        case Amount():
            return "20000"
        case Day(future=future):
            return "2030-05-06" if future else "2020-05-06"
        case Times():
            return ["2030-05-06T14:00", "2030-05-07T14:00"]
        case Card() | Attachments():
            return None
    return Fields({one.name: WRITTEN[one.form] for one in kind.offer(None, {}).fields})


class Fields(dict[str, str]):
    """The answer to a question of a kind that this sheet does not know: what is written into its fields, by their names."""


WRITTEN: dict[str, str] = {
    **dict.fromkeys(FORMS, "Som vi har talat om."),
    "number": "20",
    "date": "2030-05-06",
    "datetime": "2030-05-06T14:00",
    "email": "sara@malmo.se",
    "tel": "040-34 10 00",
}
"""What fits into a field of each form."""


def chat(kind: Kind, value: Any) -> tuple[str, ...]:
    """What is said and tapped in a chat to give this answer."""
    match kind:
        case Card():
            return (f"tap {value or 'on'}",)
        case Attachments():
            return ("tap skip",)
        case OneChoice():
            return (f"tap {value}",)
        case SeveralChoices(about=about):
            return (*(f"tap set:{one}" for one in value["ids"]), f"say {value['words']}" if about else "tap done")
        case Items():
            names = "\n".join(name for name, _kind in value)
            return (
                f"say {names}",
                *(f"tap kind:a{number}:{kind}" for number, (_name, kind) in enumerate(value, 1)),
                "tap done",
            )
        case Place():
            return ("say " + "\n".join((value["words"], *value["bounds"])),)
        case Contact():
            return ("say " + ", ".join(value.values()),)
        case Verdict():
            return (f"tap {value['id']}",)
        case Times():
            return ("say " + "\n".join(one.replace("T", " ") for one in value),)
    return (f"say {', '.join(value.values())}" if isinstance(value, Fields) else f"say {value}",)


def form(kind: Kind, value: Any) -> tuple[Given, ...]:  # noqa: C901, PLR0911, PLR0912 one case for each kind
    """What is filled in and pressed on a page to give it."""
    match kind:
        case Card():
            return (Given(value or "on"),)
        case Attachments():
            return (Given("skip"),)
        case OneChoice():
            return (Given(value),)
        case SeveralChoices(about=about):
            return (Given("done", {"ids": value["ids"]} | ({"words": value["words"]} if about else {})),)
        case Items():
            alike = [(kind, [name for name, _kind in pairs]) for kind, pairs in groupby(value, key=lambda one: one[1])]
            filled = [{"new.name": "\n".join(names), "new.kind": kind} for kind, names in alike]
            return (*(Given("add", fields) for fields in filled[:-1]), Given("done", filled[-1]))
        case Place():
            return (Given("done", {"words": value["words"], "bounds": "\n".join(value["bounds"])}),)
        case Contact():
            return (Given("done", value),)
        case Verdict():
            return (Given("done", value),)
        case Amount():
            return (Given("done", {"amount": value}),)
        case Email():
            return (Given("done", {"email": value}),)
        case Day():
            return (Given("done", {"date": value}),)
        case Times():
            return (Given("done", {f"time{number}": one for number, one in enumerate(value, 1)}),)
    return (Given("done", {**value} if isinstance(value, Fields) else {"text": value}),)


Step = TypeVar("Step")


class Steps(Mapping[str, tuple[Step, ...]]):
    """What somebody does at each question, step by step. A question that is not in their sheet can be looked up all the same."""

    def __init__(self, answers: "Answers", given: Callable[[Kind, Any], tuple[Step, ...]]) -> None:
        self._answers, self._given = answers, given

    def __getitem__(self, key: str) -> tuple[Step, ...]:
        return self._given(QUESTIONS[key].kind, self._answers[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._answers)

    def __len__(self) -> int:
        return len(self._answers)


class Answers(Mapping[str, Any]):
    """Somebody's answers by the keys of questions. Every question can be looked up: one that they have no answer for gets its kind's."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given
        unknown = given.keys() - QUESTIONS.keys()
        assert not unknown, f"no dialog asks {unknown}"

    def __getitem__(self, key: str) -> Any:
        return self.given[key] if key in self.given else default(QUESTIONS[key].kind)

    def __iter__(self) -> Iterator[str]:
        """Their keys, in the order in which the application asks."""
        return iter(sorted(self.given, key=[*ASKED, *self.given].index))

    def __len__(self) -> int:
        return len(self.given)

    def but(self, **own: Any) -> "Answers":
        """The same with other answers to some questions, by their keys."""
        return Answers({**self.given, **own})

    @property
    def chat(self) -> "Steps[str]":
        """What they say and tap in a chat."""
        return Steps(self, chat)

    @property
    def form(self) -> "Steps[Given]":
        """What they fill in and press on a page."""
        return Steps(self, form)


EN = Answers(
    {
        **dict.fromkeys(CRITERIA, "met"),
        "scope": "yes",
        "actors": [("Brf Torget", "property_owner"), ("Torgets vänner", "association")],
        "proposal": "Trees, benches and light.",
        "cooperation": "We have met every month since 2024.",
        "contributes": {"ids": ["money"], "words": "20 000 kr a year"},
        "added_value": "A square for everyone.",
        "needs": {"ids": ["residents"], "words": "A survey with 120 answers."},
        "decisions": "Open meetings, everyone has one vote.",
        "area": {"words": "Möllevångstorget", "bounds": ["Bergsgatan", "Simrishamnsgatan"]},
        "challenges": "Dark in the evening.",
        "opportunities": "Many shops and people.",
        "more": {"ids": [], "words": ""},
        "contact": {"name": "Sara Ali", "email": "sara@malmo.se"},
        "speaks_for": "a1",
    }
)
"""A group that is ready, in English."""
SV = Answers(
    {
        **EN.given,
        "proposal": "Träd, bänkar och ljus.",
        "cooperation": "Vi har träffats varje månad sedan 2024.",
        "contributes": {"ids": ["money", "activities"], "words": "20 000 kr om året"},
        "added_value": "Ett torg för alla.",
        "needs": {"ids": ["residents"], "words": "En enkät med 120 svar."},
        "decisions": "Öppna möten.",
        "challenges": "Mörkt på kvällen.",
        "opportunities": "Många butiker.",
    }
)
"""The same group, in Swedish."""
ROSENGARD = Answers(
    {
        **EN.given,
        "actors": [
            ("Trygg Malmö", "association"),
            ("Made in Rosengård", "association"),
            ("Husägarna (testtext)", "property_owner"),
        ],
        "proposal": "Vi vill göra torget till en plats för alla. (testtext)",
        "cooperation": "Föreningarna ordnar kvällsvandringar sedan 2019. (testtext)",
        "contributes": {"ids": ["resources", "activities"], "words": "Lokal och tid. (testtext)"},
        "added_value": "En tryggare plats än någon av oss når ensam. (testtext)",
        "evidence": "partly",
        "needs": {"ids": ["residents"], "words": "Enkät med 120 svar. (testtext)"},
        "decisions": "Öppna stormöten varje månad. (testtext)",
        "area": {"words": "Rosengård", "bounds": ["Amiralsgatan", "Von Rosens väg"]},
        "challenges": "Otrygghet efter mörkrets inbrott. (testtext)",
        "opportunities": "Engagerade grannar. (testtext)",
        "more": {"ids": ["hopes"], "words": ""},
        "hopes": "670 000 kr till dialog och aktiviteter.",
        "contact": {"name": "Sara Ali", "email": "sara@example.se"},
    }
)
"""A ready group, out of public records as far as these go (TN minutes of 2023-04-25); the rest is test text."""
NOT_READY = Answers(
    {
        **dict.fromkeys(CRITERIA, "not_yet"),
        "scope": "not_sure",
        "standing": "meeting",
        "about": "Vi är tre grannar på Ystadsgatan som vill ha bänkar. Vi har inte frågat någon än. (testtext)",
        "share": "yes",
        "contact": {"name": "Amal Haddad (testtext)", "phone": "070-174 06 35"},
    }
)
"""Three neighbours on one street with an idea, and nobody asked yet: they ask for a first meeting, and let the draft go along."""
TORGET = Answers(
    {
        **EN.given,
        **dict.fromkeys(CRITERIA, "not_yet"),
        "scope": "partly",
        "actors": [("Ettan", "association")],
        "added_value": "Light.",
        "area": {"words": "Torget", "bounds": []},
        "challenges": "Dark.",
        "opportunities": "Quiet.",
        "more": {"ids": [], "words": ""},
        "about": "A bench on our street.",
        "needs": {"ids": ["residents"], "words": "We asked."},
        "contact": {"name": "Kim Berg", "email": "kim@example.se"},
        "speaks_for": "other",
    }
)
"""Somebody who is not ready and writes briefly, for tests that need no more than that something was written."""

"""A desk with cases on it, made by real turns: for the tests of the queue, of the tasks, and in the browser."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.turns.contact_person import at_work, fill_in
from dialogs.case.case import Case
from dialogs.case.rights import ContactPerson
from dialogs.engine.declare import Dialog
from dialogs.engine.form import Posted
from dialogs.language.events import Press, Say, Start
from dialogs.phases.initiation.criteria import CRITERIA
from dialogs.phases.steps import TASKS
from storage.cases import cases
from storage.people import staff
from tests.answers import default, form
from tests.applicant import receipt_of, sends_an_application
from tests.clock import now
from tests.house import Caller
from tests.web.conftest import Served
from tests.web.visitor import Visitor

ARABIC = "نريد أن نجعل الساحة مكاناً للجميع. (testtext)"


def day(days: int) -> str:
    """A day so many days from now (ISO)."""
    return staff.today(now() + timedelta(days))


async def nadia(served: Served, name: str = "Nadia", administrator: bool = False) -> ContactPerson:
    """A contact person, by the address of their bot."""
    async with served.turns.database.write() as connection:
        person = await staff.contact_person(connection, name, now(), administrator or None)
    return ContactPerson(person, name, "sv", administrator)


async def applied(served: Served, name: str = "sara", locale: str = "en", proposal: str = "Trees and benches.") -> str:
    """An application is sent; its reference."""
    return (await sends_an_application(Caller(served.turns, served.keys.hash(name), locale), proposal)).reference


async def case_of(served: Served, reference: str) -> Case:
    """The case as it is now."""
    async with served.turns.database.read() as connection:
        found = await cases.case(connection, reference)
    assert found
    return found


async def took(served: Served, reference: str, who: ContactPerson) -> None:
    """They have the case now."""
    async with at_work(served.turns, who) as work:
        assert await work.take(await case_of(served, reference))


async def did(served: Served, reference: str, who: ContactPerson, task: str, posted: Posted) -> None:
    """A task is carried out."""
    done = await fill_in(served.turns, who, await case_of(served, reference), task, posted)
    assert done, task
    assert done.done, (task, done.refused)


def fields(served: Served, **names: int) -> dict[str, dict[str, Any]]:
    """A form of each task that is right, as a browser sends it; `names` are ids that only the database knows.

    Whatever is asked and not filled in here is filled in as every question of its kind (tests/answers.py).
    """
    verdicts = {f"{one.key}.id": "met" for one in CRITERIA}
    right: dict[str, dict[str, Any]] = {
        "assessment": verdicts
        | {"mixed_group.words": "Two kinds.", "summary.text": "Strong.", "district.choice": "oster"},
        "ask": {"keys.ids": ["challenges", "hopes"], "message.text": "Please say more.", "due.date": day(9)},
        "write": {"text.text": "Welcome!", "ball.choice": "applicants"},
        "times": {"times.time1": f"{day(5)}T10:00", "times.time2": f"{day(6)}T10:00", "place.text": "Stadshuset"},
        "held": {"text.text": "A good meeting."},
        "forward": {
            "extent.choice": "part",
            "part.text": "The school yard.",
            "committee.choice": "frn",
            "reason.text": "It is theirs.",
            "expected.text": "Staff.",
            "due.date": day(20),
        },
        "view": {"committee.choice": "ks", "part.text": "Is it in the plan?", "due.date": day(20)},
        "back": {"which.choice": f"e{names.get('part', 0)}", "answer.text": "Yes, it is."},
        "ready": {"registration.text": "TN-2026-0001", "meeting_day.date": day(30)},
        "decision": {
            "outcome.choice": "granted",
            "day.date": day(0),
            "paragraph.text": "§ 12",
            "sum.amount": "50 000",
            "text.text": "Nämnden beviljar.",
        },
        "note": {"text.text": "Remember the key."},
        "handover": {"to.choice": f"p{names.get('colleague', 0)}", "note.text": "All is well."},
        "admit": {"named.ids": [f"p{names.get('colleague', 0)}"]},
        "protect": {"named.ids": [f"p{names.get('colleague', 0)}"], "reason.text": "Threats."},
        "unprotect": {"reason.text": "It is over."},
        "close": {"reason.choice": "elsewhere", "whose.text": "The region.", "words.text": "Good luck!"},
        "propose": {"number.text": "TN-2031-0077", "day.date": day(0)},
        "disposed": {"proposal.choice": f"e{names.get('proposal', 0)}", "certain.choice": "yes"},
    }
    return right | {key: _filled(step.asks) for key, step in TASKS.items() if key not in right}


def _filled(dialog: Dialog) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for question in dialog.questions:
        for act, fields in form(question.kind, default(question.kind)):
            given = fields or {"choice": act}
            found |= {f"{question.key}.{name}": value for name, value in given.items()}
    return found


def posted(fields: Mapping[str, Any]) -> Posted:
    """The same as the form's values by question."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, value in fields.items():
        key, _dot, rest = name.partition(".")
        found.setdefault(key, {})[rest] = (value,) if isinstance(value, str) else tuple(value)
    return found


async def busy(served: Served, locale: str = "en") -> str:
    """A case in which almost everything has happened; its reference."""
    who, sara = await nadia(served), Caller(served.turns, served.keys.hash("sara"), locale)
    reference = (await sends_an_application(sara, ARABIC if locale == "ar" else "Trees and benches.")).reference
    await took(served, reference, who)
    right = fields(served)
    for task in ("note", "assessment", "times"):
        await did(served, reference, who, task, posted(right[task]))
    id = (await case_of(served, reference)).id
    await sara.taps(f"time:{id}:0")
    for task in ("held", "view", "ask"):
        await did(served, reference, who, task, posted(right[task]))
    await completed(sara, id)
    await did(served, reference, who, "write", posted(right["write"]))
    return reference


async def completed(caller: Caller, case: int) -> None:
    """The applicant answers what was asked, and writes."""
    shown = await caller.taps(f"complete:{case}")
    while getattr(shown[-1], "type", "") == "ask":
        shown = await caller.does(Say("In the evening it is dark, and the lamps are broken."))
    await caller.taps("send")
    receipt_of(await caller.taps("sure"))


async def asks_for_a_meeting(served: Served, name: str) -> str:
    """A wish for a first meeting is sent; its reference."""
    caller = Caller(served.turns, served.keys.hash(name), "en")
    await caller.does(Start())
    await caller.taps("accept")
    await caller.does(Press("meeting"))
    await caller.does(Say("A bench on our street."))
    shown = await caller.taps("no") if getattr((await caller.sees())[1][-1], "key", "") == "share" else None
    shown = await caller.does(Say("Sara Ali, sara@example.se"))
    assert shown
    await caller.taps("send")
    return receipt_of(await caller.taps("sure")).reference


async def signed_in(served: Served, name: str = "Nadia") -> Visitor:
    """A contact person's browser, in English."""
    visitor = Visitor(served.url)
    visitor.session.cookie_jar.update_cookies(
        {"desk": await served.session(name)}, response_url=served.server.make_url("/queue")
    )
    await visitor.post("/queue/language", {"language": "en"})
    return visitor


async def comes_in(served: Served, visitor: Visitor) -> None:
    """A contact person sits down at this browser, by a link of theirs."""
    await visitor.open(f"/sign-in/{await served.link()}")
    await visitor.post(visitor.page.url, {})
    assert visitor.page.url.endswith("/queue")

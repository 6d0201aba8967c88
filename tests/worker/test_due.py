"""What falls due in cases: a meeting is reminded of once on the day before, a request without an answer told of once."""

import asyncio

import pytest

from bot.worker.due import Deadlines
from dialogs.case.case import Case
from dialogs.language.events import Press
from dialogs.language.replies import Tell
from dialogs.phases.initiation.part import initiation
from storage.cases import cases, following
from storage.database.tables import case_events
from storage.database.tables import outbox as outbox_rows
from storage.people import staff
from tests.clock import Clock
from tests.day import a_case, delivered, happens, let_in, now_of
from tests.house import Caller, Composed
from tests.ways import SENT, goes, rows
from tests.wire import Wire

FRIDAY, NEXT_FRIDAY = "2026-11-27T14:00", "2026-12-04T14:00"


@pytest.fixture
def clock() -> Clock:
    """A Monday."""
    return Clock("2026-11-23 09:00")


@pytest.fixture
def day(clock: Clock) -> Clock:
    """The time of the whole house."""
    return clock


class Two:
    """Alva on Telegram, who has a case, and the applicant on the web whose case it is."""

    def __init__(self, composed: Composed, day: Clock) -> None:
        self.composed, self.day = composed, day
        self.caller = Caller(composed.turns)
        self.wire = Wire()

    async def meet(self) -> Case:
        """Their case, taken."""
        alva = await let_in(self.composed)
        case = await a_case(self.composed, self.caller)
        await self.composed.turns.take_staff(alva, Press(f"take:{case.id}"))
        self.case = await now_of(self.composed, case.id)
        return self.case

    async def agree(self, *times: str) -> None:
        """Times are offered, the first is chosen."""
        await happens(
            self.composed,
            self.case,
            "times",
            self.case.holder,
            self.day.at,
            times={"times": list(times), "done": True},
            place="Ettan",
        )
        await self.caller.taps(f"time:{self.case.id}:0")

    async def told(self) -> tuple[int, int]:
        """How many reminders have come to Alva, and stand on the applicant's page."""
        await delivered(self.composed, telegram_staff=self.wire)
        theirs = [row.reply for row in await rows(self.composed.database, outbox_rows, channel="web")]
        return sum(_reminds(str(post.reply)) for post in self.wire.posts), sum(_reminds(str(one)) for one in theirs)


def _reminds(said: str) -> bool:
    return "Your meeting is soon" in said


@pytest.fixture
async def two(composed: Composed, day: Clock) -> Two:
    """Both, with a case."""
    two = Two(composed, day)
    await two.meet()
    return two


async def test_both_sides_are_reminded_once_on_the_day_before(composed: Composed, day: Clock, two: Two) -> None:
    await two.agree(FRIDAY, NEXT_FRIDAY)
    for time, told in (
        ("2026-11-25 23:59", (0, 0)),
        ("2026-11-26 09:59", (0, 0)),
        ("2026-11-26 10:00", (1, 1)),
        ("2026-11-26 10:10", (1, 1)),
        ("2026-11-27 13:59", (1, 1)),
        ("2026-12-03 10:00", (1, 1)),
    ):
        day.is_now(time)
        await Deadlines(composed.turns).once()
        assert await two.told() == told, time
    case = await now_of(composed, two.case.id)
    assert case.meeting
    assert case.meeting.reminded


async def test_agreed_late_it_is_reminded_of_at_once(composed: Composed, day: Clock, two: Two) -> None:
    day.is_now("2026-11-26 16:00")
    await two.agree(FRIDAY)
    await Deadlines(composed.turns).once()
    assert await two.told() == (1, 1)


async def test_a_meeting_that_has_begun_is_not_reminded_of(composed: Composed, day: Clock, two: Two) -> None:
    await two.agree(FRIDAY)
    day.is_now("2026-11-27 14:00")
    await Deadlines(composed.turns).once()
    assert await two.told() == (0, 0)


async def test_of_a_meeting_in_a_case_that_was_closed_nobody_is_reminded(
    composed: Composed, day: Clock, two: Two
) -> None:
    await two.agree(FRIDAY)
    await happens(composed, two.case, "close", two.case.holder, day.at, reason="ended")
    day.is_now("2026-11-26 10:00")
    await Deadlines(composed.turns).once()
    assert await two.told() == (0, 0)


async def test_several_processes_remind_once(composed: Composed, day: Clock, two: Two) -> None:
    await two.agree(FRIDAY)
    day.is_now("2026-11-26 10:00")
    await asyncio.gather(*(Deadlines(composed.turns).once() for _process in range(6)))
    assert await two.told() == (1, 1)
    assert len(await rows(composed.database, case_events, what="meeting_reminded")) == 1


async def test_other_times_take_the_meetings_place(composed: Composed, day: Clock, two: Two) -> None:
    await two.agree(FRIDAY)
    await happens(composed, two.case, "times", two.case.holder, day.at, times={"times": [NEXT_FRIDAY]}, place="Tvåan")
    day.is_now("2026-11-26 10:00")
    await Deadlines(composed.turns).once()
    assert await two.told() == (0, 0), "the first meeting is not held, the second not agreed"
    await two.caller.taps(f"time:{two.case.id}:0")
    await Deadlines(composed.turns).once()
    assert await two.told() == (0, 0)
    day.is_now("2026-12-03 10:00")
    await Deadlines(composed.turns).once()
    assert await two.told() == (1, 1)
    assert "Tvåan" in str(two.wire.posts[-1].reply)


async def test_a_second_meeting_is_reminded_of_as_well(composed: Composed, day: Clock, two: Two) -> None:
    for number, (time, before) in enumerate(((FRIDAY, "2026-11-26 10:00"), (NEXT_FRIDAY, "2026-12-03 10:00")), 1):
        await two.agree(time)
        day.is_now(before)
        await Deadlines(composed.turns).once()
        assert (await two.told())[0] == number


async def test_withdrawn_is_not_reminded_of(composed: Composed, day: Clock, two: Two) -> None:
    await two.agree(FRIDAY)
    await goes(two.caller, Press("status"), f"withdraw:{two.case.id}", "skip", *SENT)
    day.is_now("2026-11-26 10:00")
    await Deadlines(composed.turns).once()
    assert await two.told() == (0, 0)


async def test_a_reminder_is_news_to_nobody_who_had_read_everything(composed: Composed, day: Clock, two: Two) -> None:
    await two.agree(FRIDAY)
    async with composed.database.write() as connection:
        bo = await staff.contact_person(connection, "Bo", day.at)
        latest = (await cases.case_by_id(connection, two.case.id) or two.case).latest
        await following.read(connection, two.case.id, two.case.holder, latest)
        await following.read(connection, two.case.id, bo, latest - 1)
    day.is_now("2026-11-26 10:00")
    await Deadlines(composed.turns).once()
    async with composed.database.read() as connection:
        read = await following.read_to(connection, two.case.id, two.case.holder)
        now = (await cases.case_by_id(connection, two.case.id) or two.case).latest
        behind = await following.read_to(connection, two.case.id, bo)
    assert (read, behind) == (now, latest - 1)


@pytest.mark.house(quiet_from=18, quiet_to=7)
async def test_in_quiet_hours_the_contact_persons_reminder_waits_unless_the_meeting_is_before(
    composed: Composed, day: Clock, two: Two
) -> None:
    await two.agree("2026-11-30T09:00")
    day.is_now("2026-11-29 10:00")
    await Deadlines(composed.turns).once()
    assert await two.told() == (0, 1), "on a Sunday"
    day.is_now("2026-11-30 07:00")
    assert await two.told() == (1, 1)
    await two.agree("2026-12-06T10:00")
    day.is_now("2026-12-05 10:00")
    await Deadlines(composed.turns).once()
    assert (await two.told())[0] == 2, "they meet on the Sunday"


async def asks(composed: Composed, day: Clock, case: Case, due: str) -> None:
    keys = {"ids": ["challenges"]}
    await happens(composed, case, "ask", case.holder, day.at, keys=keys, message="How dark is it?", due=due)


async def no_answers(composed: Composed, wire: Wire) -> list[str]:
    """What Alva was told of answers that did not come."""
    await delivered(composed, telegram_staff=wire)
    return [
        str(post.reply)
        for post in wire.posts
        if isinstance(post.reply, Tell) and post.reply.title and "No answer" in post.reply.title.id
    ]


async def test_who_asked_is_told_once_when_the_day_has_passed(composed: Composed, day: Clock, two: Two) -> None:
    await asks(composed, day, two.case, "2026-11-26")
    for time, told in (
        ("2026-11-26 23:50", 0),
        ("2026-11-27 00:10", 1),
        ("2026-11-27 00:20", 1),
        ("2026-12-24 10:00", 1),
    ):
        day.is_now(time)
        await asyncio.gather(*(Deadlines(composed.turns).once() for _process in range(3)))
        assert len(await no_answers(composed, two.wire)) == told, time
    case = await now_of(composed, two.case.id)
    request = initiation(case).request
    assert request
    assert request.overdue
    assert "How dark" not in str(await no_answers(composed, two.wire))


async def test_what_was_answered_is_not_missed(composed: Composed, day: Clock, two: Two) -> None:
    await asks(composed, day, two.case, "2026-11-26")
    await happens(composed, two.case, "completion_sent", None, day.at, locale="en")
    day.is_now("2026-11-27 09:00")
    await Deadlines(composed.turns).once()
    assert await no_answers(composed, two.wire) == []


async def test_a_new_request_has_a_day_of_its_own(composed: Composed, day: Clock, two: Two) -> None:
    await asks(composed, day, two.case, "2026-11-26")
    await asks(composed, day, two.case, "2026-12-03")
    day.is_now("2026-11-27 09:00")
    await Deadlines(composed.turns).once()
    assert await no_answers(composed, two.wire) == []
    day.is_now("2026-12-04 09:00")
    await Deadlines(composed.turns).once()
    assert len(await no_answers(composed, two.wire)) == 1


@pytest.mark.parametrize("what", ["withdrawal_sent", "decision"])
async def test_nobody_waits_for_an_answer_when_it_is_over(composed: Composed, day: Clock, two: Two, what: str) -> None:
    await asks(composed, day, two.case, "2026-11-26")
    await happens(composed, two.case, what, None, day.at, outcome="granted", day="2026-11-24", text="Bifall.")
    day.is_now("2026-11-27 09:00")
    await Deadlines(composed.turns).once()
    assert await no_answers(composed, two.wire) == []

"""Cases for the documents: what a transcript sent through real turns, and what the city did with it, event by event."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dialogs.case.case import Case, CaseEvent, Submission
from dialogs.kinds.day import STOCKHOLM
from dialogs.phases.initiation.criteria import CRITERIA
from dialogs.phases.steps import replay
from storage.cases import cases, submissions
from storage.files.files import Files
from tests.clock import Clock
from tests.house import compose
from tests.transcripts.play import Player

TRANSCRIPTS = Path(__file__).parent.parent / "transcripts"
MADE = datetime(2023, 4, 26, 9, 30, tzinfo=STOCKHOLM)


@dataclass(frozen=True, slots=True)
class Played:
    """A case as the documents take it."""

    case: Case
    sent: list[Submission]
    events: list[CaseEvent]
    files: Files


async def played(name: str, url: str, directory: Path) -> Played:
    """The case of a transcript, as it stands when it has just been sent."""
    text = (TRANSCRIPTS / f"{name}.txt").read_text(encoding="utf-8")
    _sign, locale, start = text.partition("\n")[0].split(" ", 2)
    parts = compose(url, directory, clock=Clock(start))
    try:
        await Player(parts.turns, clock=parts.clock, locale=locale).play(text)
        async with parts.database.read() as connection:
            case = await cases.case(connection, "SAM-2023-0001")
            assert case is not None
            events = await cases.history(connection, case.id)
            sent = await submissions.of_case(connection, case.id)
        return Played(case, sent, events, parts.files)
    finally:
        await parts.close()


def handled(one: Played, *more: CaseEvent) -> Played:
    """The same case after `more` has happened."""
    events = [*one.events, *more]
    return Played(replay(one.case.id, events), one.sent, events, one.files)


def happened(what: str, day: int, by: str = "Kim Kontakt", /, **data: Any) -> CaseEvent:
    """An event of the city's side, `day` days after the application; its id is unlike any other's."""
    at = datetime(2023, 3, 3, 10, 0, tzinfo=STOCKHOLM) + timedelta(days=day, minutes=len(what))
    return CaseEvent(what, by, data, at, 1000 + day, 7 if by else 0)


def to_the_decision(locale: str, words: str) -> list[CaseEvent]:
    """Everything that may happen until the committee has decided; `words` is what the applicants write in their language. All of it is made up, and says so."""
    verdicts: dict[str, Any] = {one.key: {"id": "met", "words": ""} for one in CRITERIA}
    mixed = "Två föreningar nu. Fastighetsägaren finns i området och är tillfrågad. (testtext)"
    verdicts["mixed_group"] = {"id": "partly", "words": mixed}
    return [
        happened("taken", 1),
        happened("times", 2, times=["2023-03-20T14:00", "2023-03-21T10:00"], place="Rosengårds bibliotek"),
        happened("time_chosen", 3, "", time="2023-03-20T14:00"),
        happened("note", 4, text="Ring biblioteket om nyckeln."),
        happened("write", 5, text="Välkomna! Ta gärna med enkäten. (testtext)", locale="sv", ball="applicants"),
        happened("message_sent", 6, "", text=words, locale=locale),
        happened("held", 17, text="Gruppen visade enkäten och vill börja vid stationen."),
        happened(
            "ask",
            18,
            keys={"ids": ["actors"]},
            message="Hör av er när fastighetsägaren har svarat. (testtext)",
            due="2023-03-31",
        ),
        happened(
            "view",
            19,
            committee="Fritidsnämnden",
            part="Hur förslaget förhåller sig till mötesplatserna för unga. (testtext)",
            due="2023-04-10",
        ),
        happened(
            "back",
            30,
            which="e1019",
            answer="Nämnden ser positivt på förslaget och deltar gärna i dialogen. (testtext)",
        ),
        happened("assessment", 33, district="oster", summary="Stark grupp.", **verdicts),
        happened("ready", 34, registration="TN-2023-0000", meeting_day="2023-04-25"),
        happened(
            "decision",
            53,
            day="2023-04-25",
            paragraph="§ 0",
            outcome="granted_in_part",
            sum=500000,
            conditions="Medlen används till dialoginsatser under 2023. (testtext)",
            reservation="",
            text="Tekniska nämnden beslutar att bevilja samverkansstöd med 500 000 kronor. (testtext)",
        ),
    ]

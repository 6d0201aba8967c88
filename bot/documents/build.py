"""A case gathered into its file, in Swedish: what was sent, and what its events say. What people wrote stays as they wrote it."""

from collections.abc import Iterable
from datetime import datetime

from bot.documents.case_file import (
    Actor,
    AttachedFile,
    CaseFile,
    CriterionSeen,
    Decided,
    Elsewhere,
    FiledAnswer,
    FiledAssessment,
    Happened,
    Letter,
    Meeting,
    Remark,
    Request,
    Said,
    Sent,
)
from bot.documents.labels import VERDICTS_SV, WAITS_SV
from bot.documents.texts import SWEDISH, answered, original, spoken
from bot.settings.city import city
from bot.speech.catalogs import say
from dialogs.case.case import Case, CaseEvent, Submission
from dialogs.engine.record import Entry, Record
from dialogs.kinds.day import day_of
from dialogs.language.words import Text
from dialogs.phases.initiation.assessment import gone_criteria
from dialogs.phases.initiation.completion import as_it_stands, labels
from dialogs.phases.initiation.criteria import ACTORS, CRITERIA, KIND_OF_ACTOR
from dialogs.phases.initiation.decision import OUTCOMES
from dialogs.phases.initiation.part import initiation
from dialogs.phases.initiation.whom import CONTACT, SPEAKS_FOR
from dialogs.phases.steps import SENT, STATES, STEPS, sayable, sentence


def gathered(
    case: Case,
    submissions: Iterable[Submission],
    events: Iterable[CaseEvent],
    paths: dict[str, str | None],
    at: datetime,
    by: str,
    *,
    internal: bool = False,
) -> CaseFile:
    """The file of a case as it is at `at`; `paths` gives the path of each file in the package. Internal notes only when `internal`."""
    submissions = tuple(submissions)
    sent = tuple(one for submission in submissions for one in _sent(submission))
    last = _answers(sent)
    begun = initiation(case)
    ready, assessment = begun.ready, begun.assessment
    return CaseFile(
        reference=case.reference,
        registration=case.registration or None,
        title=_title(case.title, case.locale),
        state=case.state,
        state_label=say(STATES[case.state].label, SWEDISH) if case.state in STATES else case.state,
        waits_for=case.waits_for,
        waits_for_label=WAITS_SV.get(case.waits_for, case.waits_for),
        waiting_since=case.waiting_since,
        contact_person=case.taken_by or None,
        protected=case.protected,
        language=case.locale,
        district=next((one.name for one in city().districts if one.id == case.district), case.district),
        scope=begun.scope or None,
        sent_at=case.sent_at,
        meeting_day=day_of(ready.meeting) if ready else None,
        contact=last[CONTACT.key].shown if CONTACT.key in last else (),
        speaks_for=_first(last.get(SPEAKS_FOR.key)),
        actors=tuple(_actors(last.get(ACTORS.key))),
        criteria=tuple(_criteria(last, case, as_it_stands(submissions))),
        assessment=FiledAssessment(summary=assessment.summary if internal else "", by=assessment.by, at=assessment.at)
        if assessment
        else None,
        sent=sent,
        requests=tuple(_requests(case)),
        messages=tuple(
            Letter(sender=one.by or None, text=original(one.text, one.locale), at=one.at) for one in case.messages
        ),
        meetings=tuple(
            Meeting(times=one.times, place=one.place, chosen=one.chosen or None, by=one.by, at=one.at)
            for one in case.offers
        ),
        elsewhere=tuple(_elsewhere(case)),
        decisions=tuple(_decisions(case)),
        notes=tuple(Remark(text=one.text, about=one.about, by=one.by, at=one.at) for one in case.notes)
        if internal
        else None,
        timeline=tuple(_timeline(events, internal)),
        files=tuple(_files(sent, paths)),
        made_at=at,
        made_by=by,
    )


def _title(title: Text, locale: str) -> Said:
    if not title:
        return Said(text="Område inte angivet")
    return original(title, locale) if isinstance(title, str) else spoken(title)


def _sent(one: Submission) -> Iterable[Sent]:
    title = say(SENT[one.dialog].called, SWEDISH) if one.dialog in SENT else one.dialog
    yield _paper(one, one.record, title)
    if one.shared:
        yield _paper(one, one.shared, "Utkastet som det då såg ut, delat av de sökande", shared=True)


def _paper(one: Submission, record: Record, title: str, shared: bool = False) -> Sent:
    return Sent(
        kind=record.dialog,
        title=title,
        sent_at=one.sent_at,
        language=one.locale,
        shared=shared,
        answers=tuple(map(_answer, record.entries)),
    )


def _answer(entry: Entry) -> FiledAnswer:
    return FiledAnswer(
        key=entry.key,
        section=say(entry.section, SWEDISH) if entry.section else None,
        label=say(entry.label, SWEDISH),
        question=say(entry.ask, SWEDISH),
        wording=say(entry.wording, SWEDISH) if entry.wording else None,
        shown=tuple(answered(text, entry) for text in entry.shown),
        value=entry.value,
        language=entry.locale,
        answered_at=entry.at.at,
    )


def _answers(sent: tuple[Sent, ...]) -> dict[str, FiledAnswer]:
    """Each answer as it was last given. A shared draft only fills in what nothing else that was sent says."""
    papers = sorted(sent, key=lambda one: not one.shared)
    return {answer.key: answer for paper in papers for answer in paper.answers}


def _first(answer: FiledAnswer | None) -> str | None:
    return answer.shown[0].text if answer and answer.shown else None


def _actors(answer: FiledAnswer | None) -> Iterable[Actor]:
    value = answer.value if answer else None
    items = value.get("items") if isinstance(value, dict) else None
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            kind = str(item.get("kind", ""))
            label = say(KIND_OF_ACTOR[kind], SWEDISH) if kind in KIND_OF_ACTOR else ""
            yield Actor(
                name=str(item.get("name", "")), kind=kind, kind_label=label, takes_part=item.get("flag") is True
            )


def _criteria(last: dict[str, FiledAnswer], case: Case, record: Record | None) -> Iterable[CriterionSeen]:
    ours = initiation(case).assessment
    if not ours and not any(one.key in last for one in CRITERIA):
        return
    verdicts = ours.verdicts if ours else {}
    notes = ours.notes if ours else {}
    for one in (*CRITERIA, *(gone_criteria(ours, record) if ours else ())):
        yield CriterionSeen.model_validate(
            {
                "key": one.key,
                "label": say(one.label, SWEDISH),
                "wording": say(one.wording, SWEDISH),
                "group": _verdict(last[one.key].value) if one.key in last else None,
                "contact_person": _verdict(verdicts.get(one.key)),
                "note": notes.get(one.key, ""),
            }
        )


def _verdict(value: object) -> str | None:
    """A verdict that readers know, or None; the answers still hold what an older dialog asked."""
    return value if isinstance(value, str) and value in VERDICTS_SV else None


def _requests(case: Case) -> Iterable[Request]:
    for one in initiation(case).asked:
        questions = tuple(say(label, SWEDISH) for label in labels(one.keys))
        yield Request(
            questions=questions, message=one.message, due=one.due, by=one.by, at=one.at, answered_at=one.answered
        )


def _elsewhere(case: Case) -> Iterable[Elsewhere]:
    for one in case.referrals:
        yield Elsewhere(
            kind=one.kind,
            committee=one.committee,
            what=one.what,
            reason=one.reason,
            expected=one.expected,
            due=one.due,
            by=one.by,
            since=one.since,
            answer=one.back,
            answered_at=one.back_at,
        )


def _decisions(case: Case) -> Iterable[Decided]:
    for one in initiation(case).decisions:
        yield Decided(
            day=one.day,
            paragraph=one.paragraph,
            outcome=one.outcome,
            outcome_label=say(OUTCOMES[one.outcome], SWEDISH) if one.outcome in OUTCOMES else one.outcome,
            sum=one.sum,
            conditions=one.conditions,
            reservation=one.reservation,
            text=one.text,
            recorded_by=one.by,
            recorded_at=one.at,
        )


def _files(sent: tuple[Sent, ...], paths: dict[str, str | None]) -> Iterable[AttachedFile]:
    """Every file that was sent or shared, once."""
    found: dict[str, AttachedFile] = {}
    for answer in (answer for paper in sent for answer in paper.answers):
        listed = answer.value.get("files") if isinstance(answer.value, dict) else None
        for file in listed if isinstance(listed, list) else ():
            known = {key: file[key] for key in ("name", "sha256", "size", "mime")} if isinstance(file, dict) else {}
            if known:
                one = AttachedFile.model_validate(known | {"path": paths.get(str(known["sha256"]))})
                found.setdefault(one.sha256, one)
    return found.values()


def _timeline(events: Iterable[CaseEvent], internal: bool) -> Iterable[Happened]:
    for event in sayable(list(events)):
        where = STEPS[event.what].in_papers if event.what in STEPS else "always"
        if where == "always" or (where == "own" and internal):
            told = Said(text=say(sentence(event), SWEDISH))
            yield Happened(what=event.what, sentence=told, by=event.by or None, at=event.at)

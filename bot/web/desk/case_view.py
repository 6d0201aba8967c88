"""A case laid out for its page: the application as it stands, criterion by criterion, with the required parts, and the other papers."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from dialogs.case.case import Case, Submission
from dialogs.case.criterion import Criterion
from dialogs.desk.labels import SENT_KINDS, scope_of
from dialogs.engine.record import Entry, Record
from dialogs.kinds.card import Card
from dialogs.kinds.items import kinds_in
from dialogs.language.events import Filed
from dialogs.language.words import Moment, Text, Words, _
from dialogs.phases.always.message import DIALOG as MESSAGE
from dialogs.phases.initiation.application import APPLICATION, AREA, CHALLENGES, LEADING, OPPORTUNITIES
from dialogs.phases.initiation.assessment import gone_criteria
from dialogs.phases.initiation.completion import COMPLETION, as_it_stands
from dialogs.phases.initiation.criteria import ACTORS, ADDED_VALUE, CRITERIA, KIND_OF_ACTOR, NO_KIND
from dialogs.phases.initiation.part import Assessment, initiation
from dialogs.phases.initiation.whom import CONTACT

REQUIRED = tuple(one.key for one in (AREA, ACTORS, CHALLENGES, OPPORTUNITIES, ADDED_VALUE))
"""The application's required content, in the order of the model (seed modell-for-samverkansstod)."""
AROUND = {*LEADING, *(one.key for one in APPLICATION.questions if isinstance(one.kind, Card))}
"""Questions that only lead to other questions, and cards to read."""


@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor: its name, its kind, and whether it wants to take part already now."""

    name: str
    kind: Text
    takes_part: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it stands now. `earlier` is what was sent before the completion; `new` means it came since the reader was last here; `confirmed`
    that the last completion left it as it was.
    """

    entry: Entry
    files: tuple[Filed, ...]
    actors: tuple[NamedActor, ...]
    earlier: tuple["Answered", ...] = ()
    new: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion: the group's own verdict, its answers, and the contact person's verdict and note ("" for none)."""

    number: int
    criterion: Criterion
    theirs: Entry | None
    answers: tuple[Answered, ...]
    verdict: str
    note: str


@dataclass(frozen=True, slots=True)
class Application:
    """The application, with every completion in its place."""

    sent: Moment
    completed: tuple[Moment, ...]
    judged: tuple[Judged, ...]
    required: tuple[Answered, ...]
    rest: tuple[Answered, ...]
    scope: Text
    mixed: bool
    locales: tuple[str, ...]
    """The languages that it is written in."""


@dataclass(frozen=True, slots=True)
class OtherSubmission:
    """Something else that was sent: its heading, when, and the answers by section. `shared`: a draft that the group chose to send along."""

    title: Words
    at: Moment
    sections: tuple[tuple[Words | None, tuple[Answered, ...]], ...]
    locales: tuple[str, ...]
    shared: bool = False
    new: bool = False


def answered(entry: Entry, earlier: tuple[Answered, ...] = (), new: bool = False, confirmed: bool = False) -> Answered:
    """An entry with its contents taken apart: files, actors, words."""
    return Answered(entry, tuple(_files(entry)), tuple(_actors(entry)), earlier, new, confirmed)


def application(sent: list[Submission], assessment: Assessment | None, fresh: set[object]) -> Application | None:
    """The application as it stands, beside the assessment; None while there is none. `fresh` are submissions since the reader was last here."""
    record = as_it_stands(sent)
    first = next((one for one in reversed(sent) if one.dialog == APPLICATION.key), None)
    if record is None or first is None:
        return None
    since = [one for one in sent[sent.index(first) :] if one.dialog == COMPLETION.key]
    found = {entry.key: _with_earlier(entry, first, since, fresh) for entry in record.entries}
    criteria = (*CRITERIA, *(gone_criteria(assessment, record) if assessment else ()))
    judged = tuple(_judged(number, one, found, assessment) for number, one in enumerate(criteria, 1))
    placed = {*REQUIRED, *AROUND, *(one.key for one in criteria), *(key for one in criteria for key in _keys(one))}
    return Application(
        Moment(first.sent_at),
        tuple(Moment(one.sent_at) for one in since),
        judged,
        tuple(found[key] for key in REQUIRED if key in found),
        tuple(one for key, one in found.items() if key not in placed),
        scope_of(record),
        len(kinds_in(record.value(ACTORS.key))) >= 2,
        _locales(record),
    )


def _with_earlier(entry: Entry, first: Submission, since: list[Submission], fresh: set[object]) -> Answered:
    """An answer with the earlier versions of it that were sent, the first at the top."""
    versions = [(one, each) for one in (first, *since) for each in one.record.entries if each.key == entry.key]
    changed = [each for at, (_one, each) in enumerate(versions) if at == 0 or each.shown != versions[at - 1][1].shown]
    new = bool(versions) and versions[-1][0] in since and versions[-1][0].id in fresh
    confirmed = len(versions) > 1 and versions[-1][1] is not changed[-1]
    return answered(entry, tuple(answered(one) for one in changed[:-1]), new and not confirmed, confirmed)


def _keys(criterion: Criterion) -> tuple[str, ...]:
    return tuple(question.key for question in criterion.questions)


def _judged(number: int, criterion: Criterion, found: dict[str, Answered], assessment: Assessment | None) -> Judged:
    theirs = found.get(criterion.key)
    return Judged(
        number,
        criterion,
        theirs.entry if theirs else None,
        tuple(found[key] for key in _keys(criterion) if key in found and key not in REQUIRED),
        assessment.verdicts.get(criterion.key, "") if assessment else "",
        assessment.notes.get(criterion.key, "") if assessment else "",
    )


def beside(criterion: str, record: Record | None) -> tuple[Answered, ...]:
    """The group's answers to a criterion: its own verdict first, then its words."""
    one = next((one for one in CRITERIA if one.key == criterion), None)
    keys = (criterion, *_keys(one)) if one else ()
    return tuple(answered(entry) for key in keys for entry in (record.entries if record else ()) if entry.key == key)


def papers(sent: list[Submission], fresh: set[object]) -> list[OtherSubmission]:
    """What else was sent, the latest first. A draft that was sent along follows the paper it came with."""
    found = []
    last = next((one for one in reversed(sent) if one.dialog == APPLICATION.key), None)
    for one in reversed(sent):
        if one.dialog not in (COMPLETION.key, MESSAGE.key) and one is not last:
            found.append(_paper(SENT_KINDS[one.dialog], one, one.record, new=one.id in fresh))
        if one.shared:
            title = _("The draft as it was then, shared by the applicants")
            found.append(_paper(title, one, one.shared, shared=True))
    return found


def _paper(title: Words, sent: Submission, record: Record, shared: bool = False, new: bool = False) -> OtherSubmission:
    sections = groupby(record.entries, lambda entry: entry.section)
    return OtherSubmission(
        title,
        Moment(sent.sent_at),
        tuple((section, tuple(answered(entry) for entry in entries)) for section, entries in sections),
        _locales(record),
        shared,
        new,
    )


def _locales(record: Record) -> tuple[str, ...]:
    """The languages of the text that people wrote themselves."""
    own = (entry.locale for entry in record.entries if any(isinstance(text, str) for text in entry.shown))
    return tuple(dict.fromkeys(own))


def _actors(entry: Entry) -> list[NamedActor]:
    listed = entry.value.get("items") if isinstance(entry.value, dict) else None
    return [
        NamedActor(one["name"], KIND_OF_ACTOR.get(one.get("kind", ""), NO_KIND), bool(one.get("flag")))
        for one in listed or ()
    ]


def _files(entry: Entry) -> list[Filed]:
    listed = entry.value.get("files") if isinstance(entry.value, dict) else None
    return [Filed(file["sha256"], file["name"], file["mime"], file["size"]) for file in listed or ()]


def files_in(sent: Iterable[Submission]) -> dict[str, Filed]:
    """Every file that was sent, itself or with a draft sent along, by its SHA-256. Read from the frozen records, never from a draft."""
    records = [record for one in sent for record in (one.record, one.shared) if record]
    return {file.sha256: file for record in records for entry in record.entries for file in _files(entry)}


def contact_in(sent: list[Submission]) -> Entry | None:
    """The contact details that were given last; None when nothing that was sent gives any."""
    return next((entry for one in reversed(sent) for entry in one.record.entries if entry.key == CONTACT.key), None)


def area_in(case: Case, sent: list[Submission]) -> object:
    """The area as it was given last. For a case that the city started: what the contact person wrote, until something is sent."""
    records = [record for one in reversed(sent) for record in (one.record, one.shared) if record]
    said = (entry.value for record in records for entry in record.entries if entry.key == AREA.key)
    return next(said, None if sent else initiation(case).started.get(AREA.key))

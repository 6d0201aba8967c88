"""A case laid out for its page: papers with their sections, files, and what happened in plain sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from dialogs.case import Submission
from dialogs.desk.labels import KINDS, SCOPES
from dialogs.events import Filed
from dialogs.record import Entry, Record
from dialogs.words import Moment, Words, _


@dataclass(frozen=True, slots=True)
class Paper:
    """Something that was sent: its heading, when, hints at a glance, the criteria as the group sees them, and the answers by section."""

    title: Words
    at: Moment
    scope: Words | None
    mixed: bool | None
    criteria: tuple[Entry, ...]
    sections: tuple[tuple[Words | None, tuple[Entry, ...]], ...]
    files: dict[str, tuple[Filed, ...]]
    """The files among the answers, by the key of their question."""
    shared: bool = False


def papers(sent: list[Submission]) -> list[Paper]:
    """Everything that was sent, the latest first; a draft that was let go along follows what it came with."""
    found = []
    for one in reversed(sent):
        found.append(_paper(KINDS[one.dialog], one, one.record))
        if one.shared:
            found.append(_paper(_("The draft as it was then, shared by the applicants"), one, one.shared, shared=True))
    return found


def _paper(title: Words, sent: Submission, record: Record, shared: bool = False) -> Paper:
    criteria = record.facts.get("criteria")
    keys = set(criteria) if isinstance(criteria, dict) else set()
    mixed = record.facts.get("mixed")
    return Paper(
        title,
        Moment(sent.sent_at),
        SCOPES.get(str(record.facts.get("scope"))),
        mixed if isinstance(mixed, bool) else None,
        tuple(entry for entry in record.entries if entry.key in keys),
        tuple((section, tuple(entries)) for section, entries in groupby(record.entries, lambda entry: entry.section)),
        {entry.key: tuple(_files(entry)) for entry in record.entries if _files(entry)},
        shared,
    )


def _files(entry: Entry) -> list[Filed]:
    listed = entry.value.get("files") if isinstance(entry.value, dict) else None
    return [Filed(file["sha256"], file["name"], file["mime"], file["size"]) for file in listed or ()]


def files_in(sent: Iterable[Submission]) -> dict[str, Filed]:
    """Every file that was sent, or let go along, by its SHA-256. The frozen records say it, no draft is asked."""
    records = [record for one in sent for record in (one.record, one.shared) if record]
    return {file.sha256: file for record in records for entry in record.entries for file in _files(entry)}


def contact_in(sent: list[Submission]) -> Entry | None:
    """Whom to answer, as it was said last; None when nothing that was sent says it."""
    return next((entry for one in reversed(sent) for entry in one.record.entries if entry.key == "contact"), None)

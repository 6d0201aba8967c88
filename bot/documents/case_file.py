"""The case file: a whole case as data, from which the PDF, the JSON and the letter are all made. Its JSON Schema is published in docs/schema."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, field_serializer

VERSION = 1
"""The version of the schema. A change that a reader of version 1 would stumble over makes it 2, in a new file beside the old one."""
SCHEMA_ID = f"urn:samverkansguiden:case:{VERSION}"
ISOLATES = {0x2066: None, 0x2067: None, 0x2068: None, 0x2069: None}

CriterionVerdict = Literal["met", "partly", "not_yet", "dont_know"]


class CaseFilePart(BaseModel):
    """A part of the file: nothing more than what is declared, and nothing that changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Said(CaseFilePart):
    """A text. `original` when somebody wrote it like this; `language` is BCP 47: "und" where it is not known, null for a name or an address."""

    text: str
    language: str | None = "sv"
    original: bool = False

    @field_serializer("text")
    def _without_isolates(self, text: str) -> str:
        return text.translate(ISOLATES)


class AttachedFile(CaseFilePart):
    """A file that was sent. `path` is where it lies in the package; null when it is gone."""

    name: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    size: int
    mime: str
    path: str | None


class FiledAnswer(CaseFilePart):
    """A question and its answer, frozen as they were when it was sent; `value` is what the program stores, with choices as ids."""

    model_config = ConfigDict(title="Answer")

    key: str
    section: str | None
    label: str
    question: str
    wording: str | None
    shown: tuple[Said, ...]
    value: JsonValue
    language: str
    answered_at: datetime


class Actor(CaseFilePart):
    """An actor that the applicants named; `takes_part` when it wants to take part already now."""

    name: str
    kind: str
    kind_label: str
    takes_part: bool


class Sent(CaseFilePart):
    """Something that was sent; `shared` when it is a copy of a draft that was let go along with what stands before it."""

    kind: str
    title: str
    sent_at: datetime
    language: str
    shared: bool
    answers: tuple[FiledAnswer, ...]


class CriterionSeen(CaseFilePart):
    """One of the criteria: how the group sees it, and how the contact person does."""

    key: str
    label: str
    wording: str
    group: CriterionVerdict | None
    contact_person: CriterionVerdict | None
    note: str


class FiledAssessment(CaseFilePart):
    """The contact person's assessment on the whole."""

    model_config = ConfigDict(title="Assessment")

    summary: str
    by: str
    at: datetime


class Request(CaseFilePart):
    """A request for completion: of which questions, by when, and when it was answered."""

    questions: tuple[str, ...]
    message: str
    due: str
    by: str
    at: datetime
    answered_at: datetime | None


class Letter(CaseFilePart):
    """A message, from a contact person or (`sender` null) from the applicants."""

    sender: str | None
    text: Said
    at: datetime


class Meeting(CaseFilePart):
    """Times that were offered (local to Stockholm), and the one that was chosen."""

    times: tuple[str, ...]
    place: str
    chosen: str | None
    by: str
    at: datetime


class Elsewhere(CaseFilePart):
    """What another committee has or was asked: who, since when, what is expected by when, and what came back."""

    kind: Literal["whole", "part", "view"]
    committee: str
    what: str
    reason: str
    expected: str
    due: str
    by: str
    since: datetime
    answer: str
    answered_at: datetime | None


class Decided(CaseFilePart):
    """A decision of the Technical Committee."""

    day: str
    paragraph: str
    outcome: str
    outcome_label: str
    sum: int | None
    conditions: str
    reservation: str
    text: str
    recorded_by: str
    recorded_at: datetime


class Remark(CaseFilePart):
    """An internal note: only in a contact person's own copy."""

    text: str
    about: str
    by: str
    at: datetime


class Happened(CaseFilePart):
    """An event of the case, as a plain Swedish sentence."""

    what: str
    sentence: Said
    by: str | None
    at: datetime


class CaseFile(CaseFilePart):
    """A whole case about collaboration support (samverkansstöd) of the Technical Committee (tekniska nämnden), City of Malmö.

    Labels are Swedish. What people wrote is as they wrote it, with its language.
    """

    schema_version: Literal[1] = 1
    reference: str
    registration: str | None
    """The registration number (diarienummer)."""
    title: Said
    state: str
    state_label: str
    waits_for: str
    waits_for_label: str
    waiting_since: datetime | None
    contact_person: str | None
    protected: bool
    """Marked as possibly secret (sekretessmarkering)."""
    language: str
    district: str
    scope: str | None
    sent_at: datetime | None
    meeting_day: date | None
    """The day of the committee's meeting."""
    contact: tuple[Said, ...]
    speaks_for: str | None
    actors: tuple[Actor, ...]
    criteria: tuple[CriterionSeen, ...]
    assessment: FiledAssessment | None
    sent: tuple[Sent, ...]
    requests: tuple[Request, ...]
    messages: tuple[Letter, ...]
    meetings: tuple[Meeting, ...]
    elsewhere: tuple[Elsewhere, ...]
    decisions: tuple[Decided, ...]
    notes: tuple[Remark, ...] | None
    """Internal notes; null in what goes to the registry."""
    timeline: tuple[Happened, ...]
    files: tuple[AttachedFile, ...]
    made_at: datetime
    made_by: str

    def answer(self, key: str) -> FiledAnswer | None:
        """The answer to a question as it was last given in something sent; None when it never was."""
        return next(
            (one for sent in reversed(self.sent) if not sent.shared for one in sent.answers if one.key == key), None
        )

    @property
    def number(self) -> str:
        """What the case is known by: its registration number if it has one, and its reference."""
        return " · ".join(filter(None, (self.registration, self.reference)))


def schema() -> dict[str, Any]:
    """The JSON Schema of `arende.json`. Law: a definition keeps its published name, which is the model's title, whatever the class is called."""
    made = CaseFile.model_json_schema(mode="serialization")
    titles = {name: one.get("title", name) for name, one in made["$defs"].items()}
    made["$defs"] = dict(sorted((titles[name], one) for name, one in made["$defs"].items()))
    by_title = _referring(made, {f"#/$defs/{name}": f"#/$defs/{title}" for name, title in titles.items()})
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **by_title}


def _referring(value: Any, to: dict[str, str]) -> Any:
    """The same value with its references replaced as `to` says."""
    if isinstance(value, dict):
        return {key: to[one] if key == "$ref" else _referring(one, to) for key, one in value.items()}
    return [_referring(one, to) for one in value] if isinstance(value, list) else value

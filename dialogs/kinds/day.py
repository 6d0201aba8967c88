"""A day of the calendar."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dialogs.kinds.digits import latin
from dialogs.kinds.kind import SENT_WHOLE, AnswerControls, AnswerEvent, Known, Layout, Refusal, Value, misfit, pressed
from dialogs.language.events import Fill, Say
from dialogs.language.replies import Button, Field, Rows
from dialogs.language.words import Moment, Text, Words, _

STOCKHOLM = ZoneInfo("Europe/Stockholm")
YEAR_FIRST = re.compile(r"(\d{4})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{1,2})|(\d{4})(\d{2})(\d{2})")
DAY_FIRST = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\.?(?:(?:\s*[-./,]\s*|\s+)(\d{4}|\d{2}))?")
NAMED = re.compile(r"(\d{1,2})\.?\s*([^\W\d_]{3,9})\.?(?:,?\s+(\d{4}))?")
MONTHS = (
    ("januari", "january"),
    ("februari", "february"),
    ("mars", "march"),
    ("april",),
    ("maj", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("augusti", "august"),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("december",),
)
"""The months in Swedish and English; their first three letters are enough."""
YEARS = range(1900, 2200)
"""A year outside this range is a slip of the pen."""
WEEKS = ((7, _("In one week")), (14, _("In two weeks")), (28, _("In four weeks")))


def day_of(value: object) -> date | None:
    """The day that an ISO date string names; None for anything else."""
    try:
        found = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
    return found if found and found.year in YEARS and found.isoformat() == value else None


def today_in(known: Known) -> date | None:
    """The day on which the conversation takes place, if it says so."""
    said = known.get("today")
    return day_of(said[:10]) if isinstance(said, str) else None


LONGEST = 40
"""The most characters anybody needs to write a day. Longer text is not read: a pattern with optional blanks takes n² steps over n of them."""


def day_in(text: str, today: date | None, back: bool = False) -> date | None:
    """The day somebody wrote, or None. Without a year it is the next such day from `today` on or, with `back`, the last one up to `today`."""
    if len(text) > LONGEST:
        return None
    written = _in_digits(latin(text))
    if found := YEAR_FIRST.fullmatch(written):
        year, month, day = (int(part) for part in found.groups() if part)
        return _dated(year, month, day)
    found = DAY_FIRST.fullmatch(written)
    if not found:
        return None
    day, month = int(found[1]), int(found[2])
    if found[3]:
        return _dated(int(found[3]) + (2000 if len(found[3]) == 2 else 0), month, day)
    return _nearest(month, day, today, back) if today else None


def _in_digits(written: str) -> str:
    """A day whose month is written as a name (20 mars, 20 March 2026), with the month's number instead."""
    found = NAMED.fullmatch(written)
    named = found[2].casefold() if found else ""
    month = next((at for at, names in enumerate(MONTHS, 1) if any(one.startswith(named) for one in names)), 0)
    return f"{found[1]}/{month}" + (f" {found[3]}" if found[3] else "") if found and month else written


def _dated(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _nearest(month: int, day: int, today: date, back: bool) -> date | None:
    """The next such day or, with `back`, the last. Nine years contain every day of the calendar, even the 29th of February."""
    found = (_dated(today.year + (-more if back else more), month, day) for more in range(9))
    return next((one for one in found if one and (one <= today if back else one >= today)), None)


def in_words(day: date) -> Moment:
    """The day for a reader: noon in Stockholm, so that it is this day wherever it is read."""
    return Moment(datetime.combine(day, time(12), STOCKHOLM), "date")


def short(day: date) -> str:
    """The day as people may write it: 3/12."""
    return f"{day.day}/{day.month}"


@dataclass(frozen=True, slots=True)
class Day:
    """A day, today or later unless `past`, today or earlier unless `future`. The value is an ISO date string.

    `known["today"]` says what today is; without it, no day is refused for being past or to come.
    """

    past: bool = False
    future: bool = True
    shortcuts: bool = True

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        today = today_in(known)
        if today and (days := self._ahead(pressed(event))):
            return (today + timedelta(days)).isoformat()
        match event:
            case Say(text=text):
                pass
            case Fill(fields=fields):
                text = "".join(fields.get("date", ()))
            case _:
                return Refusal(misfit(event) or self._how(today))
        day = day_in(text, today, back=not self.future)
        if day is None:
            return Refusal(self._how(today))
        return self._outside(day, today) or day.isoformat()

    def _ahead(self, act: str) -> int:
        return next((days for days, _label in WEEKS if self._has_shortcuts() and act == f"in:{days}"), 0)

    def _has_shortcuts(self) -> bool:
        return self.shortcuts and self.future and not self.past

    def _outside(self, day: date, today: date | None) -> Refusal | None:
        """Why a day is too early or too late, or None."""
        if today and day < today and not self.past:
            example = self._example(today)
            return Refusal(
                _(
                    "{date} has passed. Please write a day to come, for example {short} or {whole}.",
                    date=in_words(day),
                    short=short(example),
                    whole=example.isoformat(),
                )
            )
        if today and day > today and not self.future:
            example = self._example(today)
            return Refusal(
                _(
                    "{date} is still to come. Please write a day that has been, for example {short} or {whole}.",
                    date=in_words(day),
                    short=short(example),
                    whole=example.isoformat(),
                )
            )
        return None

    def _how(self, today: date | None) -> Words:
        if not today:
            return _("Please write a day with its year, for example {whole}.", whole="2026-12-03")
        example = self._example(today)
        return _(
            "I cannot read that as a day. Please write it like {short} or {whole}.",
            short=short(example),
            whole=example.isoformat(),
        )

    def _example(self, today: date) -> date:
        return today + timedelta(14 if self.future else -14)

    def accepts(self, value: Value, known: Known) -> bool:
        day = day_of(value)
        return bool(day and not self._outside(day, today_in(known)))

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        day = day_of(value)
        return (_("{date}", date=in_words(day)),) if day else ()

    def offer(self, value: Value, known: Known) -> AnswerControls:
        today, day = today_in(known), day_of(value)
        rows = tuple((Button(label, f"in:{days}"),) for days, label in WEEKS) if today and self._has_shortcuts() else ()
        field = Field(
            "date",
            "date",
            _("Day"),
            (day.isoformat(),) if day else (),
            first=today.isoformat() if today and not self.past else "",
            last=today.isoformat() if today and not self.future else "",
        )
        return AnswerControls(rows, (field,))

    def layout(self, rows: Rows) -> Layout:
        return SENT_WHOLE

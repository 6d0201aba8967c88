"""A few points in time, to choose from."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dialogs.kinds.day import STOCKHOLM, YEARS, day_in, short, today_in
from dialogs.kinds.digits import latin
from dialogs.kinds.kind import SENT_WHOLE, AnswerControls, AnswerEvent, Known, Layout, Refusal, Value, misfit, pressed
from dialogs.kinds.place import lines_of
from dialogs.language.events import Fill, Say
from dialogs.language.replies import Button, Field, Rows
from dialogs.language.words import Moment, Text, Words, _, n_

WRITTEN = re.compile(
    r"(?P<day>.+?)(?:\s*[,;]\s*|\s+|T)(?:kl\.?\s*)?(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?::00)?"
)
LONGEST = 60
"""The most characters anybody needs to write a day and an hour; see kinds/day.py."""
MOST_LINES = 20
"""Lines of a message that are read as times; with more, the message is refused as a whole."""
FORM = "%Y-%m-%dT%H:%M"


def instant(local: str) -> datetime:
    """The point in time (aware) that a stored value such as "2026-12-03T14:00" names, by Stockholm's clocks."""
    return datetime.strptime(local, FORM).replace(tzinfo=STOCKHOLM)


def is_time(value: object) -> bool:
    """Whether a stored value names a point in time."""
    try:
        return isinstance(value, str) and instant(value).strftime(FORM) == value and int(value[:4]) in YEARS
    except ValueError:
        return False


def time_in(text: str, today: date | None) -> str:
    """The point in time somebody wrote, as it is stored; "" when the text is not one."""
    found = WRITTEN.fullmatch(latin(text)) if len(text) <= LONGEST else None
    day = day_in(found["day"], today) if found else None
    if not found or not day:
        return ""
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    return datetime.combine(day, time(hour, minute)).strftime(FORM) if hour < 24 and minute < 60 else ""


def shown(local: str) -> Words:
    """A stored point in time for a reader."""
    return _("{date}", date=Moment(instant(local)))


@dataclass(frozen=True, slots=True)
class Times:
    """Between `least` and `most` points in time from today on, in order; in a chat, one per line.

    The value is `{"times": ["2026-12-03T14:00", ...], "done": bool}`, by Stockholm's clocks. `known["today"]` says
    what today is. A message that holds all of them at once is the whole answer.
    """

    least: int = 2
    most: int = 3

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        now = self._kept(value, known)
        match event:
            case Say(text=text):
                return self._said(lines_of(text), now, self.accepts(value, known), known)
            case Fill(fields=fields):
                written = ["".join(fields.get(name, ())).strip() for name in self._names()]
                return self._filled([text for text in written if text], known)
            case _:
                return self._pressed(event, now, known)

    def _pressed(self, event: AnswerEvent, now: Value, known: Known) -> Value | Refusal:
        act, _colon, which = pressed(event).partition(":")
        if act == "remove":
            return now | {"times": [one for one in now["times"] if _named(one) != which]}
        if act == "done":
            return self._finish(now)
        return Refusal(misfit(event) or self._how(known))

    def _said(self, lines: list[str], now: Value, whole: bool, known: Known) -> Value | Refusal:
        """The times in a message, added to those already given. Enough of them in one message replace a whole answer."""
        heard, wrong = self._heard(lines, known)
        anew = not now["times"] or (whole and not wrong and len(heard) >= self.least)
        times = sorted({*heard} if anew else {*now["times"], *heard})
        fits = len(times) <= self.most
        if wrong or not lines:
            kept = now | {"times": times} if fits else now
            return Refusal(wrong or self._how(known), kept, gained=kept["times"] != now["times"])
        if not fits:
            return Refusal(self._too_many(anew))
        return {"times": times, "done": anew and len(times) >= (self.least if whole else self.most)}

    def _filled(self, lines: list[str], known: Known) -> Value | Refusal:
        heard, wrong = self._heard(lines, known)
        given = {"times": sorted({*heard})[: self.most], "done": False}
        return Refusal(wrong, given) if wrong else self._finish(given)

    def _finish(self, now: Value) -> Value | Refusal:
        return now | {"done": True} if len(now["times"]) >= self.least else Refusal(self._too_few(), now)

    def _heard(self, lines: list[str], known: Known) -> tuple[list[str], Words | None]:
        """The times among `lines`, and what is wrong with the first line that holds none."""
        if len(lines) > MOST_LINES:
            return [], self._too_many(anew=True)
        read = [(line, time_in(line, today_in(known))) for line in lines]
        wrong = next((line for line, local in read if not local), None)
        passed = next((local for _line, local in read if local and _has_passed(local, known)), None)
        good = [local for _line, local in read if local and not _has_passed(local, known)]
        if wrong is not None:
            return good, self._how(known, wrong)
        return good, self._passed(passed, known) if passed else None

    def _kept(self, value: Value, known: Known) -> Value:
        times = value.get("times") if isinstance(value, dict) else None
        good = {one for one in (times if isinstance(times, list) else ()) if is_time(one)}
        return {"times": sorted(one for one in good if not _has_passed(one, known))[: self.most], "done": False}

    def accepts(self, value: Value, known: Known) -> bool:
        now = self._kept(value, known)
        return value == now | {"done": True} and len(now["times"]) >= self.least

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        return tuple(shown(one) for one in self._kept(value, known)["times"])

    def offer(self, value: Value, known: Known) -> AnswerControls:
        times = self._kept(value, known)["times"]
        rows = [
            (Button(_("Remove {time}", time=Moment(instant(one))), f"remove:{_named(one)}", weight="quiet"),)
            for one in times
        ]
        if len(times) >= self.least:
            rows.append((Button(_("That is all, continue"), "done", weight="main"),))
        return AnswerControls(tuple(rows), self._fields(times, known), self._prompt(len(times)))

    def layout(self, rows: Rows) -> Layout:
        return SENT_WHOLE

    def _prompt(self, count: int) -> Words | None:
        if not count:
            return None
        if count < self.least:
            return n_(
                "Please write {count} time more. One a line, if there are several.",
                "Please write {count} times more. One a line, if there are several.",
                count=self.least - count,
            )
        if count < self.most:
            return n_(
                "You can write {count} time more, or press “That is all, continue”.",
                "You can write {count} times more, or press “That is all, continue”.",
                count=self.most - count,
            )
        return _("To give another time, remove one first. Otherwise press “That is all, continue”.")

    def _names(self) -> tuple[str, ...]:
        return tuple(f"time{number}" for number in range(1, self.most + 1))

    def _fields(self, times: list[str], known: Known) -> tuple[Field, ...]:
        today = today_in(known)
        first = f"{today.isoformat()}T00:00" if today else ""
        return tuple(
            Field(
                name,
                "datetime",
                _("Time {number}", number=number)
                if number <= self.least
                else _("Time {number}, if you like", number=number),
                tuple(times[number - 1 : number]),
                first=first,
            )
            for number, name in enumerate(self._names(), 1)
        )

    def _how(self, known: Known, line: str = "") -> Words:
        today = today_in(known)
        example = today + timedelta(14) if today else date(2026, 12, 3)
        brief = short(example) if today else f"{short(example)} {example.year}"
        if line:
            return _(
                "I cannot read {line} as a day and a time. Please write it like {short} or {whole}.",
                line=line[:60],
                short=f"{brief} 14:00",
                whole=f"{example.isoformat()} 14:00",
            )
        return _(
            "Please write a day and a time, one a line, like {short} or {whole}.",
            short=f"{brief} 14:00",
            whole=f"{example.isoformat()} 14:00",
        )

    def _passed(self, local: str, known: Known) -> Words:
        example = (today_in(known) or date(2026, 12, 3)) + timedelta(14)
        return _(
            "{time} has passed. Please write a time to come, for example {short}.",
            time=Moment(instant(local)),
            short=f"{short(example)} 14:00",
        )

    def _too_few(self) -> Words:
        return n_("Please give at least {count} time.", "Please give at least {count} times.", count=self.least)

    def _too_many(self, anew: bool) -> Words:
        if anew:
            return n_(
                "At most {count} time fits here. Please write the one that suits you best.",
                "At most {count} times fit here. Please write the ones that suit you best.",
                count=self.most,
            )
        return n_(
            "At most {count} time fits here. To give another, remove one first.",
            "At most {count} times fit here. To give another, remove one first.",
            count=self.most,
        )


def _named(local: str) -> str:
    """A time as a button carries it: its digits."""
    return re.sub(r"\D", "", local)


def _has_passed(local: str, known: Known) -> bool:
    today = today_in(known)
    return bool(today) and local < f"{today}"

"""Hours: when contact persons are at work. Nobody is disturbed in the evening, at the weekend or on a day off."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.easter import easter

from dialogs.kinds.day import STOCKHOLM

FIXED = {(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)}
"""Month and day of the public holidays with a fixed date (lag 1989:253), and of the eves on which nobody works."""
AFTER_EASTER = (-2, 1, 39)
"""Days from Easter Sunday to Good Friday, Easter Monday and Ascension Day. Every other movable public holiday is a Saturday or a Sunday."""
A_DAY = timedelta(days=1)


def working_day(day: date) -> bool:
    """Whether the city works on this day: not a weekend, a Swedish public holiday, or the eve of Midsummer, Christmas or New Year."""
    midsummer_eve = day.month == 6 and 19 <= day.day <= 25 and day.weekday() == 4
    moving = {easter(day.year) + A_DAY * days for days in AFTER_EASTER}
    return day.weekday() < 5 and (day.month, day.day) not in FIXED and day not in moving and not midsummer_eve


@dataclass(frozen=True, slots=True)
class Hours:
    """The quiet hours: from `evening` to `morning` (hours of the day in Stockholm), and days off. Unless both are set, it is never quiet."""

    evening: int | None = None
    morning: int | None = None

    def due(self, at: datetime) -> datetime:
        """When a notice should arrive if it happens `at` this time: at once, or on the morning of the next working day."""
        if self.evening is None or self.morning is None or not self._quiet(at.astimezone(STOCKHOLM)):
            return at
        day = at.astimezone(STOCKHOLM).date()
        while (morning := clock_at(day, self.morning)) <= at or not working_day(day):
            day += A_DAY
        return morning

    def _quiet(self, local: datetime) -> bool:
        evening, morning = self.evening or 0, self.morning or 0
        within = (local.hour >= evening, local.hour < morning)
        return not working_day(local.date()) or (all(within) if evening < morning else any(within))


def clock_at(day: date, hour: int) -> datetime:
    """This hour of a day, in Stockholm time."""
    return datetime.combine(day, time(hour), STOCKHOLM)

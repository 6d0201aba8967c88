"""Hours: when contact persons are at work. Nobody is disturbed in the evening, at the weekend or on a day off."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.easter import easter

from dialogs.kinds.day import STOCKHOLM

FIXED = {(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)}
"""Month and day: the public holidays that stand still (lag 1989:253), and the eves on which nobody works."""
AFTER_EASTER = (-2, 1, 39)
"""Good Friday, Easter Monday and Ascension Day; every other public holiday that moves is a Saturday or a Sunday."""
A_DAY = timedelta(days=1)


def working_day(day: date) -> bool:
    """Whether the city works on this day: no weekend, no public holiday in Sweden, no eve of Midsummer, Christmas or New Year."""
    midsummer_eve = day.month == 6 and 19 <= day.day <= 25 and day.weekday() == 4
    moving = {easter(day.year) + A_DAY * days for days in AFTER_EASTER}
    return day.weekday() < 5 and (day.month, day.day) not in FIXED and day not in moving and not midsummer_eve


@dataclass(frozen=True, slots=True)
class Hours:
    """Quiet from `evening` to `morning`, hours of the day in Stockholm, and on days off. Without both it is never quiet."""

    evening: int | None = None
    morning: int | None = None

    def due(self, at: datetime) -> datetime:
        """When a notice that happens then is to arrive: at once, or on the next working day's morning."""
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
    """That hour of a day by the clocks of Stockholm."""
    return datetime.combine(day, time(hour), STOCKHOLM)

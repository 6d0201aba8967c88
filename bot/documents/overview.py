"""The overview for one contact person: counts of what they may see; and the same as a picture for a phone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.documents.overview_svg import OverviewPicture
from dialogs.desk.spread import Overview, months_between, overview
from storage.cases import overview as counted
from storage.people import staff

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from dialogs.case.city import City
    from dialogs.case.rights import ContactPerson
    from storage.database.database import Database


@dataclass(frozen=True, slots=True)
class Period:
    """From one month to another, both included (2026-11); "" leaves that end open."""

    first: str = ""
    last: str = ""

    def holds(self, month: str) -> bool:
        """Whether a month is within the period."""
        return (not self.first or self.first <= month) and (not self.last or month <= self.last)


ALWAYS = Period()


async def overview_for(
    connection: "AsyncConnection", city: "City", person: "ContactPerson", period: Period = ALWAYS
) -> Overview:
    """The overview of the cases that this contact person may see, for one period."""
    groups = await counted.groups(connection, person, period.first, period.last)
    begun = {month: count for month, count in (await counted.begun(connection, person)).items() if period.holds(month)}
    return overview(groups, begun, city)


async def months_for(connection: "AsyncConnection", person: "ContactPerson") -> tuple[str, ...]:
    """Every month from the first to the last in which a draft was begun, or something they may see was sent."""
    return months_between(await counted.months(connection, person))


async def picture_of(database: "Database", city: "City", person: int, locale: str) -> OverviewPicture | None:
    """The picture to be made for a contact person; None when they no longer are one."""
    async with database.read() as connection:
        who = next((one for one in await staff.active(connection) if one.id == person), None)
        if who is None:
            return None
        return OverviewPicture(await overview_for(connection, city, who), city, locale)

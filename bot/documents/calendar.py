"""A meeting as a calendar file (iCalendar, RFC 5545), published in the way of RFC 5546."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.speech.catalogs import say
from dialogs.language.replies import Appointment

if TYPE_CHECKING:
    from icalendar import Event

LASTS = timedelta(hours=1)
REMINDER = timedelta(hours=-2)


def calendar_file(one: Appointment, locale: str, now: datetime, organizer: str = "") -> bytes:
    """The meeting for a reader of `locale`: an hour long, with a reminder two hours before.

    `now` is when the file is made. The same meeting always has the same UID. It is published by `organizer`; without one it is a plain calendar.
    """
    from icalendar import Calendar, vCalAddress

    calendar = Calendar()
    calendar.add("prodid", "-//Samverkansguiden//sv")
    calendar.add("version", "2.0")
    event = _event(one, locale, now)
    if organizer:
        calendar.add("method", "PUBLISH")
        event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(one: Appointment, locale: str, now: datetime) -> "Event":
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", f"{one.uid}@samverkansguiden")
    event.add("dtstamp", now)
    event.add("dtstart", one.at.at.astimezone(UTC))
    event.add("dtend", (one.at.at + LASTS).astimezone(UTC))
    event.add("summary", f"{say(one.title, locale)} {one.reference}")
    event.add("location", one.place)
    event.add("description", "\n".join(say(text, locale) for text in one.words[:1]))
    event.add("status", "CONFIRMED")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", say(one.title, locale))
    alarm.add("trigger", REMINDER)
    event.add_component(alarm)
    return event

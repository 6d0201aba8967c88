"""A meeting as a calendar file (iCalendar, RFC 5545)."""

from datetime import UTC, timedelta

from bot.speech import say
from dialogs.replies import Appointment

LASTS = timedelta(hours=1)
REMINDER = timedelta(hours=-2)


def calendar_file(one: Appointment, locale: str, organizer: str = "") -> bytes:
    """The meeting for a reader of `locale`: an hour long, with a reminder two hours before. The same meeting has the same UID however often it comes."""
    from icalendar import Alarm, Calendar, Event, vCalAddress

    event = Event()
    event.add("uid", f"{one.uid}@samverkansguiden")
    event.add("dtstamp", one.at.at.astimezone(UTC))
    event.add("dtstart", one.at.at.astimezone(UTC))
    event.add("dtend", (one.at.at + LASTS).astimezone(UTC))
    event.add("summary", f"{say(one.title, locale)} {one.reference}")
    event.add("location", one.place)
    event.add("description", "\n".join(say(text, locale) for text in one.words[:1]))
    if organizer:
        event.add("organizer", vCalAddress(f"MAILTO:{organizer}"))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", say(one.title, locale))
    alarm.add("trigger", REMINDER)
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Samverkansguiden//sv")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())

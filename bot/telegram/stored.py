"""Messages as JSON that reads back exactly, to be kept while they wait (storage/outbox/held_updates.py): no more than their turn needs."""

from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from bot.telegram.hear import Brought, Heard, Offered
from dialogs.language.events import Event, Unfit
from storage.database.json import as_json

EVENTS: dict[str, TypeAdapter[Any]] = {one.__name__: TypeAdapter(one) for one in get_args(Event)}
FILES: TypeAdapter[tuple[Offered, ...]] = TypeAdapter(tuple[Offered, ...])
REFUSED: TypeAdapter[tuple[Unfit, ...]] = TypeAdapter(tuple[Unfit, ...])


def as_stored(message: Heard | Brought) -> dict[str, Any]:
    """A message as JSON, without its chat and its updates, and without the press whose spinner is to stop: that does not wait so long."""
    match message:
        case Heard(locale=locale, event=event, at=at, cut=cut):
            kind = type(event).__name__
            said = {"type": kind, "is": as_json(EVENTS[kind], event)}
            return {"type": "Heard", "locale": locale, "event": said, "at": at, "cut": cut}
        case Brought(locale=locale, files=files, refused=refused, album=album):
            brought = {"files": as_json(FILES, files), "refused": as_json(REFUSED, refused), "album": album}
            return {"type": "Brought", "locale": locale, **brought}


def read(stored: Any, chat: int, update: int) -> Heard | Brought | None:
    """The message that `as_stored` wrote, which came to this chat as this update; None when another version wrote it."""
    try:
        match stored:
            case {"type": "Heard", "locale": locale, "event": {"type": kind, "is": event}, "at": at, "cut": cut}:
                return Heard(chat, locale, (update,), EVENTS[kind].validate_python(event), at=at, cut=cut)
            case {"type": "Brought", "locale": locale, "files": files, "refused": refused, "album": album}:
                offered, unfit = FILES.validate_python(files), REFUSED.validate_python(refused)
                return Brought(chat, locale, (update,), offered, unfit, album)
    except (ValidationError, KeyError):
        return None
    return None

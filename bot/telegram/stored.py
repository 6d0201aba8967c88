"""What was heard, as JSON that reads back exactly: how it is kept while it waits (storage/outbox/held_updates.py). As little as its turn needs."""

from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from bot.telegram.hear import Brought, Heard, Offered
from dialogs.language.events import Event, Unfit
from storage.database.json import as_json

EVENTS: dict[str, TypeAdapter[Any]] = {one.__name__: TypeAdapter(one) for one in get_args(Event)}
FILES: TypeAdapter[tuple[Offered, ...]] = TypeAdapter(tuple[Offered, ...])
REFUSED: TypeAdapter[tuple[Unfit, ...]] = TypeAdapter(tuple[Unfit, ...])


def as_stored(message: Heard | Brought) -> dict[str, Any]:
    """A message without its chat and its updates, and without the press that waits for its spinner: that does not wait so long."""
    match message:
        case Heard(locale=locale, event=event, at=at, cut=cut):
            kind = type(event).__name__
            said = {"type": kind, "is": as_json(EVENTS[kind], event)}
            return {"type": "Heard", "locale": locale, "event": said, "at": at, "cut": cut}
        case Brought(locale=locale, files=files, refused=refused, album=album):
            brought = {"files": as_json(FILES, files), "refused": as_json(REFUSED, refused), "album": album}
            return {"type": "Brought", "locale": locale, **brought}


def read(stored: Any, chat: int, update: int) -> Heard | Brought | None:
    """The message of `as_stored`, which came to this chat as this update; None when another version has written it."""
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

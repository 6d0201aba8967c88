"""Turns an update of the Bot API into an event. Whatever the update holds, this never fails."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from bot.telegram import press
from bot.telegram.text import units
from dialogs.kinds.files import BIGGEST
from dialogs.language.events import Event, Misfit, Point, Revise, Say, Unfit, typed

UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that we ask Telegram for (Bot API, allowed_updates)."""
MISFITS: dict[str, Unfit] = {
    "sticker": "sticker",
    "animation": "sticker",
    "dice": "sticker",
    "game": "sticker",
    "video": "wrong_type",
    "video_note": "wrong_type",
    "contact": "contact",
}
"""What each kind of message that cannot answer counts as. The order matters: an animation also carries a `document`, for older clients."""
FILES = {"document": "file", "audio": "audio.m4a", "voice": "voice.ogg"}
"""The kinds of message that can answer with a file, each with the name for a file that has none."""
CUT = 4000
"""UTF-16 units. A text of at least this length may be the start of a longer one: clients cut at 4096, or at the end of a word before that."""
SILENT = frozenset(
    (
        "new_chat_members",
        "left_chat_member",
        "chat_owner_left",
        "chat_owner_changed",
        "new_chat_title",
        "new_chat_photo",
        "delete_chat_photo",
        "group_chat_created",
        "supergroup_chat_created",
        "channel_chat_created",
        "message_auto_delete_timer_changed",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "pinned_message",
        "successful_payment",
        "refunded_payment",
        "users_shared",
        "chat_shared",
        "gift",
        "unique_gift",
        "gift_upgrade_sent",
        "connected_website",
        "write_access_allowed",
        "passport_data",
        "proximity_alert_triggered",
        "boost_added",
        "chat_background_set",
        "checklist_tasks_done",
        "checklist_tasks_added",
        "direct_message_price_changed",
        "paid_message_price_changed",
        "poll_option_added",
        "poll_option_deleted",
        "managed_bot_created",
        "web_app_data",
        "suggested_post_approved",
        "suggested_post_approval_failed",
        "suggested_post_declined",
        "suggested_post_paid",
        "suggested_post_refunded",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
        "giveaway_created",
        "giveaway_completed",
        "video_chat_scheduled",
        "video_chat_started",
        "video_chat_ended",
        "video_chat_participants_invited",
        "community_chat_added",
        "community_chat_removed",
        "community_chat_joined",
    )
)
"""Messages that a client makes by itself (Bot API 10.3, service messages): nobody said anything. Newer kinds, unknown here, get an answer."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An event in a private chat: the chat's id, the language that the client prefers ("" for none), the ids of the updates.

    `callback` is the press whose spinner has to be stopped. For a text, `at` is when it was sent (seconds since the epoch),
    and `cut` whether it is so long that the client may have cut it off.
    """

    chat: int
    locale: str
    updates: tuple[int, ...]
    event: Event
    callback: str = ""
    at: int = 0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """A file on Telegram's servers: its id there, and the name the sender gave it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Brought:
    """Files sent in a private chat, which become an event once fetched. `refused` are those not worth fetching; `album` is Telegram's id of the album."""

    chat: int
    locale: str
    updates: tuple[int, ...]
    files: tuple[Offered, ...]
    refused: tuple[Unfit, ...] = ()
    album: str = ""


@dataclass(frozen=True, slots=True)
class Crowd:
    """A message to the bot in a group, where it says only that it is for private chats."""

    chat: int
    locale: str
    updates: tuple[int, ...]


Incoming = Heard | Brought | Crowd


def hear(update: Any) -> Incoming | None:
    """What an update says; None when nothing in it needs an answer. Never raises, whatever the update holds."""
    update = _object(update)
    id = _number(update.get("update_id"))
    for name in UPDATES:
        if isinstance(update.get(name), dict):
            return _heard(name, cast("dict[str, Any]", update[name]), id)
    return None


def _heard(name: str, inner: dict[str, Any], id: int) -> Incoming | None:
    message = _object(inner.get("message")) if name == "callback_query" else inner
    chat, sender = _object(message.get("chat")), _object(inner.get("from"))
    number, locale = _number(chat.get("id")), _text(sender.get("language_code"))
    if not number or sender.get("is_bot") is True:
        return None
    if chat.get("type") != "private":
        return Crowd(number, locale, (id,)) if _addressed(name, inner, chat) else None
    match name:
        case "callback_query":
            event = press.read(_text(inner.get("data")), _ref(message))
            return Heard(number, locale, (id,), event, _text(inner.get("id")))
        case "edited_message":
            return (
                Heard(number, locale, (id,), Revise(_text(message["text"]), _ref(message)))
                if _text(message.get("text"))
                else None
            )
        case "message":
            return _said(message, number, locale, id)
    return None


def _addressed(name: str, inner: dict[str, Any], chat: dict[str, Any]) -> bool:
    """Whether somebody in a group wants something from the bot: it was added, or a message reached it there."""
    if chat.get("type") not in ("group", "supergroup"):
        return False
    if name == "my_chat_member":
        return _object(inner.get("new_chat_member")).get("status") in ("member", "administrator")
    return name == "message" and not SILENT & inner.keys()


def _said(message: dict[str, Any], chat: int, locale: str, id: int) -> Incoming | None:
    text = _text(message.get("text"))
    if text:
        event = typed(text, _ref(message))
        return Heard(
            chat,
            locale,
            (id,),
            event,
            at=_number(message.get("date")),
            cut=isinstance(event, Say) and units(text) >= CUT,
        )
    misfit = next((MISFITS[name] for name in MISFITS if name in message), None)
    if misfit:
        return Heard(chat, locale, (id,), Misfit(misfit))
    if file := _file(message):
        kept = _number(file.get("file_size")) <= BIGGEST
        files = (Offered(_text(file.get("file_id")), _text(file.get("file_name"))),)
        return Brought(
            chat,
            locale,
            (id,),
            files if kept else (),
            () if kept else ("too_big",),
            _text(message.get("media_group_id")),
        )
    if point := _point(_object(message.get("location")) or _object(_object(message.get("venue")).get("location"))):
        return Heard(chat, locale, (id,), point)
    return None if SILENT & message.keys() else Heard(chat, locale, (id,), Misfit("other"))


def _file(message: dict[str, Any]) -> dict[str, Any]:
    """The file of a message, for a photo its largest size; {} when there is none."""
    sizes = [_object(size) for size in message["photo"]] if isinstance(message.get("photo"), list) else []
    if sizes:
        return max(sizes, key=lambda size: _number(size.get("width")) * _number(size.get("height"))) | {
            "file_name": f"photo-{_ref(message)}.jpg"
        }
    for name, unnamed in FILES.items():
        if file := _object(message.get(name)):
            stem, _dot, ending = unnamed.partition(".")
            return file | {"file_name": _text(file.get("file_name")) or f"{stem}-{_ref(message)}.{ending}".rstrip(".")}
    return {}


def _point(location: dict[str, Any]) -> Point | None:
    latitude, longitude = location.get("latitude"), location.get("longitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    return Point(float(latitude), float(longitude)) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _object(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    # JSON can hold half a character (a lone surrogate) and NUL, which neither a database nor a connection accepts.
    return value.encode(errors="replace").decode().replace("\x00", "") if isinstance(value, str) else ""


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63 else 0


def _ref(message: dict[str, Any]) -> str:
    return str(_number(message.get("message_id")) or "")

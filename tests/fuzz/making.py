"""Made up from a play of chance: updates as the specification has them, and broken ones; words, and bytes."""

import json
from pathlib import Path
from random import Random
from typing import Any

TYPES: dict[str, Any] = json.loads((Path(__file__).parent / "updates.json").read_text(encoding="utf-8"))["types"]
KINDS: tuple[str, ...] = tuple(name for name in TYPES["Update"] if name != "update_id")
"""Every kind of update."""
DEEPEST = 5
WORDS: tuple[str, ...] = (
    "", " ", "Torget", "نريد ساحة للجميع", "👩‍👩‍👧‍👦" * 20, "\u202egnp.exe", "\x00\x07\x1b[2J", "e\u0301" * 200, "\ud800", "\udfff x",
    "<b>x</b> & <script>alert(1)</script>", "=cmd|' /C calc'!A0", "{{ 7*7 }} %s %(x)s {name}", "'; DROP TABLE drafts; --", "../../etc/passwd",
    "x" * 5_000, "\n" * 300, "\ufeff\u2028\u2029", "https://evil.example/?a=1", "a@b.se\r\nBcc: c@d.se", "SAM-2026-0001", "070-123 45 67",
)  # fmt: skip
NUMBERS: tuple[int, ...] = (0, 1, 2, -1, 7, 501, 2**31, 2**53, 2**63 - 1, -(2**63), 2**63, 10**30)
ODD: tuple[Any, ...] = (
    None, True, False, -1, 2**64, 1e308, float("nan"), "", "1", "\x00", [], {}, [[]], [None], {"": {}}, {"id": None}, {"id": "501"}, [{}] * 50
)  # fmt: skip


def made_update(chance: Random, kind: str, chat: int, id: int) -> dict[str, Any]:
    """A valid update of a kind, mostly in the private chat `chat`."""
    return {"update_id": id, kind: _in_chat(chance, _made(chance, TYPES["Update"][kind][0][0], 0), chat)}


def broken(chance: Random, update: dict[str, Any]) -> Any:
    """The same with one to four places of it missing, null, of another type, huge or deep."""
    for _time in range(chance.randint(1, 4)):
        places = list(_places(update))
        if not places:
            break
        there, key = chance.choice(places)
        match chance.randrange(5):
            case 0:
                del there[key]
            case 1:
                there[key] = deep(chance.choice((10, 400)))
            case 2:
                there[key] = chance.choice(NUMBERS)
            case _:
                there[key] = chance.choice(ODD)
    return update


def deep(levels: int) -> Any:
    """Something in something in something."""
    made: Any = "x"
    for level in range(levels):
        made = [made] if level % 2 else {"text": made}
    return made


def words(chance: Random) -> str:
    """Something that nobody would write, or would."""
    if chance.random() < 0.6:
        return chance.choice(WORDS)
    return "".join(
        chr(chance.choice((32, 65, 97, 0xE5, 0x627, 0x1F600, 0x200F, 10))) for _char in range(chance.randrange(40))
    )


def _made(chance: Random, type: str, depth: int) -> Any:
    if type.startswith("Array of "):
        inner = type.removeprefix("Array of ")
        return [_made(chance, inner, depth + 1) for _one in range(chance.randrange(3) if depth < DEEPEST else 0)]
    match type:
        case "Integer":
            return chance.choice(NUMBERS[:10])
        case "Float":
            return chance.choice((0.0, 55.6, -90.0, 1e6, 13))
        case "Boolean":
            return True
        case "String":
            return words(chance)
    declared = TYPES[type]
    if isinstance(declared, list):
        return _made(chance, chance.choice(declared), depth)
    rest = max(0.0, 0.5 - depth * 0.12)
    return {
        name: _made(chance, chance.choice(types), depth + 1)
        for name, (types, required) in declared.items()
        if (required and depth <= 2 * DEEPEST)
        or (depth < DEEPEST and chance.random() < rest / (1 + len(declared) / 25))
    }


def _in_chat(chance: Random, made: Any, chat: int) -> Any:
    """Somebody there says it: with the sparse chance of a specification alone nobody would be answered."""
    if not isinstance(made, dict):
        return made
    for message in (made, made.get("message")):
        if isinstance(message, dict) and "chat" in message and chance.random() < 0.85:
            message["chat"] = {"id": chat, "type": "private", "first_name": words(chance)}
    if chance.random() < 0.85 and "from" in made:
        made["from"] = {
            "id": chat,
            "is_bot": False,
            "first_name": words(chance),
            "language_code": chance.choice(("sv", "ar", "zz", "")),
        }
    if "data" in made or "chat_instance" in made:
        made["data"] = pressed(chance)
        made.setdefault("message", {"message_id": 1, "date": 0, "chat": {"id": chat, "type": "private"}})
    if "message_id" in made and chance.random() < 0.3:
        made["text"] = words(chance)
    return made


def pressed(chance: Random) -> str:
    """What a button might say back, or somebody who makes one up; nothing that deletes a draft."""
    act = chance.choice(
        (
            "done",
            "send",
            "sure",
            "open",
            "new",
            "lang",
            "help",
            "time",
            "take",
            "do:assess",
            "case",
            "change",
            "kind",
            "set",
            "on",
        )
    )
    rest = chance.choice(("", ":1", ":a1:association", ":sv", ":ckb", f":{chance.choice(NUMBERS)}", ":" + "x" * 50))
    before = chance.choice(
        ("", "1.2.proposal~", "zzzzzzzzzzzzz.1.x~", "..~", f"{chance.randrange(99)}.{chance.randrange(99)}.actors~")
    )
    return chance.choice((before + act + rest, before + act + rest, words(chance)))


def _places(made: Any) -> "list[tuple[Any, Any]]":
    """Every place in it, by what holds it and its key there."""
    found: list[tuple[Any, Any]] = []
    to_do = [made]
    while to_do:
        there = to_do.pop()
        for key, value in there.items() if isinstance(there, dict) else enumerate(there):
            found.append((there, key))
            if isinstance(value, dict | list):
                to_do.append(value)
    return found

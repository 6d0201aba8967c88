"""A list of things with ids, added, changed and removed one by one: the actors of an area."""

from dataclasses import dataclass

from dialogs.kinds.item import fields_of, is_item, kind_today
from dialogs.kinds.kind import (
    AnswerControls,
    AnswerEvent,
    Known,
    Layout,
    Option,
    Refusal,
    Value,
    id_today,
    misfit,
    pressed,
)
from dialogs.kinds.place import lines_of
from dialogs.language.events import Fill, Say
from dialogs.language.replies import Button, Choice, Field, Rows
from dialogs.language.words import Text, Words, _, n_

ADD = Button(_("Add"), "add")
ALL = Button(_("That is all, continue"), "done", weight="main")


@dataclass(frozen=True, slots=True)
class Items:
    """Things with a name, one of `kinds`, and a yes/no `flag` (yes at first).

    The value is `{"items": [{"id", "name", "kind", "flag"}], "open": id | "", "done": bool}`.
    In a chat each line of a message is a new thing; then buttons ask for its kind.
    """

    kinds: tuple[Option, ...]
    flag_on: Words
    flag_off: Words
    most: int = 40
    longest: int = 120

    @property
    def declared(self) -> tuple[Option, ...]:
        """The kinds of things."""
        return self.kinds

    def renamed(self, value: Value) -> Value:
        """The value with the ids that the kinds of its things have today."""
        items = value.get("items") if isinstance(value, dict) else None
        if not isinstance(items, list):
            return value
        return value | {"items": [kind_today(item, self.kinds) for item in items]}

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        now = self._kept(value)
        act, _colon, rest = pressed(event).partition(":")
        if isinstance(event, Fill):
            filled = self._filled(now, event.fields)
            if isinstance(filled, Refusal) or (act in ("add", "") and filled["items"]):
                return filled
            return self._press(filled, act, rest)
        if isinstance(event, Say):
            return self._named(now, event.text)
        if act:
            return self._press(now, act, rest)
        return Refusal(misfit(event) or EMPTY, now)

    def _named(self, now: Value, text: str) -> Value | Refusal:
        names = lines_of(text)
        if now["open"] and len(names) == 1:
            return self._with(now, now["open"], name=names[0][: self.longest]) | {"open": ""}
        return self._added(now, names)

    def _added(self, now: Value, names: list[str]) -> Value | Refusal:
        if not names:
            return Refusal(EMPTY, now)
        if any(len(name) > self.longest for name in names):
            return Refusal(
                _(
                    "That is long for a name. Please write only the names, one a line. There is room for the rest later."
                ),
                now,
            )
        there = {item["name"].casefold() for item in now["items"]}
        fresh = [name for name in dict.fromkeys(names) if name.casefold() not in there]
        if len(now["items"]) + len(fresh) > self.most:
            return Refusal(
                n_(
                    "At most {count} fits here. Please name the most important ones.",
                    "At most {count} fit here. Please name the most important ones.",
                    count=self.most,
                ),
                now,
            )
        first = 1 + max((int(item["id"][1:]) for item in now["items"]), default=0)
        fresh_items = [
            {"id": f"a{first + at}", "name": name, "kind": "", "flag": True} for at, name in enumerate(fresh)
        ]
        return now | {"items": now["items"] + fresh_items, "open": ""}

    def _press(self, now: Value, act: str, rest: str) -> Value | Refusal:
        id, _colon, choice = rest.partition(":")
        match act:
            case "kind" if any(kind.id == id_today(self.kinds, choice) for kind in self.kinds):
                return self._with(now, id, kind=id_today(self.kinds, choice)) | {"open": ""}
            case "flag" if choice in ("yes", "no"):
                return self._with(now, id, flag=choice == "yes") | {"open": ""}
            case "open":
                return now | {"open": id if any(item["id"] == id for item in now["items"]) else ""}
            case "close":
                return now | {"open": ""}
            case "remove":
                return now | {"items": [item for item in now["items"] if item["id"] != id], "open": ""}
            case "done":
                return self._finish(now)
        return Refusal(EMPTY, now)

    def _finish(self, now: Value) -> Value | Refusal:
        if not now["items"]:
            return Refusal(EMPTY, now)
        if missing := self._unsorted(now):
            return Refusal(_("Please choose first what {name} is.", name=missing["name"]), now | {"open": ""})
        return now | {"open": "", "done": True}

    def _filled(self, now: Value, fields: dict[str, tuple[str, ...]]) -> Value | Refusal:
        for item in list(now["items"]):
            id = item["id"]
            if f"{id}.kind" not in fields and f"{id}.name" not in fields:
                continue
            kind = "".join(fields.get(f"{id}.kind", ()))
            now = self._with(
                now,
                id,
                name="".join(fields.get(f"{id}.name", ())).strip()[: self.longest] or item["name"],
                kind=kind if any(option.id == kind for option in self.kinds) else item["kind"],
                flag="yes" in fields.get(f"{id}.flag", ()),
            )
            if fields.get(f"{id}.remove"):
                now = now | {"items": [other for other in now["items"] if other["id"] != id]}
        names, kind = lines_of("\n".join(fields.get("new.name", ()))), "".join(fields.get("new.kind", ()))
        added = self._added(now, names) if names else now
        if isinstance(added, Refusal):
            return added
        if any(option.id == kind for option in self.kinds):
            for item in added["items"][len(now["items"]) :]:
                item["kind"] = kind
        return added

    def _with(self, now: Value, id: str, **changed: object) -> Value:
        return now | {"items": [item | changed if item["id"] == id else item for item in now["items"]]}

    def _unsorted(self, now: Value) -> Value | None:
        return next((item for item in now["items"] if not item["kind"]), None)

    def _kept(self, value: Value) -> Value:
        value = value if isinstance(value, dict) else {}
        kinds, stored = [kind.id for kind in self.kinds], value.get("items")
        items = [
            {
                "id": item["id"],
                "name": item["name"],
                "kind": item.get("kind") if item.get("kind") in kinds else "",
                "flag": item.get("flag") is not False,
            }
            for item in (stored if isinstance(stored, list) else ())
            if is_item(item)
        ]
        return {"items": items, "open": value.get("open") if isinstance(value.get("open"), str) else "", "done": False}

    def accepts(self, value: Value, known: Known) -> bool:
        now = self._kept(value)
        return (
            bool(now["items"])
            and value.get("items") == now["items"]
            and value.get("done") is True
            and not self._unsorted(now)
        )

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        return tuple(self._line(item) for item in self._kept(value)["items"])

    def _line(self, item: Value) -> Words:
        kind = next((option.label for option in self.kinds if option.id == item["kind"]), _("what kind?"))
        return _(
            "{name} · {kind} · {flag}",
            name=item["name"],
            kind=kind,
            flag=self.flag_on if item["flag"] else self.flag_off,
        )

    def offer(self, value: Value, known: Known) -> AnswerControls:
        now = self._kept(value)
        opened = next((item for item in now["items"] if item["id"] == now["open"]), None)
        if opened:
            return AnswerControls(
                self._rows_of(opened),
                self._fields(now),
                _(
                    "What do you want to change about {name}? To give it a new name, write the name.",
                    name=opened["name"],
                ),
            )
        if unsorted := self._unsorted(now):
            return AnswerControls(
                self._kind_rows(unsorted), self._fields(now), _("What is {name}?", name=unsorted["name"])
            )
        if not now["items"]:
            return AnswerControls(fields=self._fields(now))
        listed = tuple(
            (Button(_("Change {name}", name=item["name"]), f"open:{item['id']}", weight="quiet"),)
            for item in now["items"]
        )
        return AnswerControls(
            (*listed, (Button(_("That is all, continue"), "done", weight="main"),)),
            self._fields(now),
            _("Write more names, one a line, or press “That is all, continue”."),
        )

    def layout(self, rows: Rows) -> Layout:
        return Layout((ADD, ALL))

    def _kind_rows(self, item: Value) -> tuple[tuple[Button, ...], ...]:
        buttons = tuple(
            Button(kind.label, f"kind:{item['id']}:{kind.id}", weight="main" if kind.id == item["kind"] else "plain")
            for kind in self.kinds
        )
        return tuple(buttons[at : at + 2] for at in range(0, len(buttons), 2))

    def _rows_of(self, item: Value) -> tuple[tuple[Button, ...], ...]:
        flag = (
            Button(self.flag_off, f"flag:{item['id']}:no")
            if item["flag"]
            else Button(self.flag_on, f"flag:{item['id']}:yes")
        )
        last = (
            Button(_("Remove"), f"remove:{item['id']}", weight="grave"),
            Button(_("Done with this one"), "close", weight="main"),
        )
        return (*self._kind_rows(item), (flag,), last)

    def _fields(self, now: Value) -> tuple[Field, ...]:
        kinds = tuple(Choice(kind.id, kind.label) for kind in self.kinds)
        rows: list[Field] = []
        for item in now["items"]:
            rows += fields_of(item, kinds, self.flag_on, self.longest)
        return (
            *rows,
            Field("new.name", "lines", _("Names, one a line"), most=self.longest * 10),
            Field("new.kind", "choice", _("Kind of actor"), (), kinds),
        )


EMPTY = _("Please write at least one name. One a line, if there are several.")


def kinds_in(value: Value) -> set[str]:
    """The different kinds of those things in an `Items` value whose flag is on."""
    return {item.get("kind", "") for item in (value or {}).get("items", ()) if item.get("flag")} - {""}

"""A place: words, a location pin, a list of the streets or corners that bound it. Any of the three is enough."""

from dataclasses import dataclass

from dialogs.kinds.kind import SENT_WHOLE, AnswerControls, AnswerEvent, Known, Layout, Refusal, Value, misfit, pressed
from dialogs.kinds.text import too_long
from dialogs.language.events import Fill, Point, Say
from dialogs.language.replies import Button, Field, Rows
from dialogs.language.words import Text, _

WHERE = _("Please write where it is, or send a location pin.")


def lines_of(text: str) -> list[str]:
    """The lines of a list somebody wrote, without leading dashes and bullets."""
    return [line for raw in text.splitlines() if (line := raw.strip().lstrip("-–—•*· \t").strip())]


@dataclass(frozen=True, slots=True)
class Place:
    """A place. The value is `{"words": str, "bounds": [str], "pin": [latitude, longitude] | None}`.

    In a chat the first line is the area and each line after it a street or corner that bounds it.
    """

    most: int = 3000

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        now = self._kept(value)
        match event:
            case Point(latitude=latitude, longitude=longitude) if on_earth(latitude, longitude):
                return now | {"pin": [round(latitude, 5), round(longitude, 5)], "done": bool(now["words"])}
            case Point():
                return Refusal(WHERE)
            case Say(text=text):
                words, *bounds = lines_of(text) or [""]
                now |= {"words": words, "bounds": bounds or now["bounds"]}
            case Fill(fields=fields):
                now |= {
                    "words": " ".join(fields.get("words", ())).strip(),
                    "bounds": lines_of("\n".join(fields.get("bounds", ()))),
                }
                if "pin" in fields:
                    now["pin"] = _pin("".join(fields["pin"]))
            case _:
                if pressed(event) == "unpin":
                    return now | {"pin": None, "done": False}
                if pressed(event) != "done":
                    return Refusal(misfit(event) or WHERE)
        return self._finish(now)

    def _finish(self, now: Value) -> Value | Refusal:
        length = len(now["words"]) + sum(map(len, now["bounds"]))
        if length > self.most:
            return Refusal(too_long(length, self.most))
        if not (now["words"] or now["bounds"] or now["pin"]):
            return Refusal(WHERE)
        return now | {"done": True}

    def _kept(self, value: Value) -> Value:
        value = value if isinstance(value, dict) else {}
        bounds, pin = value.get("bounds"), value.get("pin")
        words = value.get("words")
        return {
            "words": words if isinstance(words, str) else "",
            "bounds": [line for line in bounds if isinstance(line, str)] if isinstance(bounds, list) else [],
            "pin": pin if isinstance(pin, list) and len(pin) == 2 and on_earth(*pin) else None,
            "done": False,
        }

    def accepts(self, value: Value, known: Known) -> bool:
        now = self._kept(value)
        return (
            value == now | {"done": True}
            and bool(now["words"] or now["bounds"] or now["pin"])
            and len(now["words"]) + sum(map(len, now["bounds"])) <= self.most
        )

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        now = self._kept(value)
        pin = (_("Pin on the map: {pin}", pin=f"{now['pin'][0]}, {now['pin'][1]}"),) if now["pin"] else ()
        return (*((now["words"],) if now["words"] else ()), *now["bounds"], *pin)

    def offer(self, value: Value, known: Known) -> AnswerControls:
        now = self._kept(value)
        fields = (
            Field("words", "line", _("The area"), (now["words"],), most=300),
            Field(
                "bounds",
                "lines",
                _("Streets or corners where it ends, one a line"),
                ("\n".join(now["bounds"]),),
                most=2500,
            ),
            Field(
                "pin",
                "pin",
                _("Pin on the map (latitude, longitude)"),
                (f"{now['pin'][0]}, {now['pin'][1]}",) if now["pin"] else (),
            ),
        )
        if not now["pin"]:
            return AnswerControls(fields=fields)
        return AnswerControls(
            ((Button(_("Continue with the pin only"), "done", weight="main"),), (Button(_("Remove the pin"), "unpin"),))
            if not now["words"]
            else ((Button(_("Remove the pin"), "unpin"),),),
            fields,
            None
            if now["words"]
            else _("I have the pin. Please also write what the area is called and which streets or corners bound it."),
        )

    def layout(self, rows: Rows) -> Layout:
        return SENT_WHOLE


def on_earth(latitude: object, longitude: object) -> bool:
    """Whether these are degrees of WGS 84. Infinity and NaN are not."""
    return (
        isinstance(latitude, int | float)
        and isinstance(longitude, int | float)
        and abs(latitude) <= 90
        and abs(longitude) <= 180
    )


def _pin(text: str) -> list[float] | None:
    """The two decimal degrees that a form sent; None when there are not two, or they are nowhere on earth."""
    parts = text.replace(";", ",").split(",")
    try:
        latitude, longitude = (round(float(part), 5) for part in parts)
    except ValueError:
        return None
    return [latitude, longitude] if on_earth(latitude, longitude) else None


def title_of(value: Value) -> str:
    """The short name of a place, for lists: its first words, its first bound, or its pin; "" without any."""
    if not isinstance(value, dict):
        return ""
    pin = value.get("pin")
    first = value.get("words") or next(iter(value.get("bounds") or ()), "") or (f"{pin[0]}, {pin[1]}" if pin else "")
    return first if len(first) <= 60 else first[:59].rstrip() + "…"

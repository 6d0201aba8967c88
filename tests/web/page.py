"""A page as somebody finds it who has no scripts: its text, its forms, and what can be pressed there."""

from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser


@dataclass
class Form:
    """A form as it stands on a page: where it goes, its own fields with their values, and its buttons by name and value."""

    action: str
    multipart: bool = False
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Page:
    """The answer to a request, read when it is looked at; `status` is 0 and `headers` are empty where only the page's text is known."""

    html: str
    status: int = 0
    url: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @cached_property
    def _read(self) -> "_Reader":
        reader = _Reader()
        reader.feed(self.html)
        return reader

    @property
    def forms(self) -> list[Form]:
        """Its forms, in their order."""
        return self._read.forms

    @cached_property
    def text(self) -> str:
        """Its words, with one space between any two."""
        return " ".join(" ".join(self._read.words).split())

    @property
    def acts(self) -> list[str]:
        """What can be pressed in the chat, without the questions that it belongs to."""
        return [value.partition(" ")[0] for form in self.forms for name, value in form.buttons if name == "press"]

    @property
    def question(self) -> str:
        """The key of the question at hand, "" when none is asked."""
        for form in reversed(self.forms):
            for name, value in form.buttons:
                if name == "press" and " " in value:
                    return value.partition(" ")[2]
            if form.fields.get("asked"):
                return form.fields["asked"][0]
        return ""

    @property
    def asked(self) -> str:
        """The key of the question that the page ends with, "review", "receipt" or ""."""
        for form in self.forms:
            for _name, value in form.buttons:
                if value == "send":
                    return "review"
        keys = [value.partition(" ")[2] for form in self.forms for _name, value in form.buttons if " " in value]
        return keys[0] if keys else "receipt" if "receipt" in self.html else ""

    def form_with(self, act: str) -> Form:
        """The first form that has a button of this act. AssertionError when none has."""
        for form in self.forms:
            for _name, value in form.buttons:
                if value.partition(" ")[0] == act:
                    return form
        raise AssertionError(f"no button {act!r} on the page; there are {[form.buttons for form in self.forms]}")

    def pressing(self, act: str) -> tuple[Form, str]:
        """The last form that has a button of this act, and the button's whole value. LookupError when none has."""
        for form in reversed(self.forms):
            for name, value in form.buttons:
                if name == "press" and value.partition(" ")[0] == act:
                    return form, value
        raise LookupError(f"no button {act!r} among {[form.buttons for form in self.forms]}")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.words: list[str] = []
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(at.get("action", ""), at.get("enctype", "") == "multipart/form-data"))
        if not self.forms:
            return
        form = self.forms[-1]
        match tag:
            case "input" if at.get("name") and at.get("type") not in ("file", "submit"):
                values = form.fields.setdefault(at["name"], [])
                if at.get("type") not in ("checkbox", "radio") or "checked" in at:
                    values.append(at.get("value", "on" if "checked" in at else ""))
            case "select":
                self._select = at["name"]
            case "option" if "selected" in at:
                form.fields.setdefault(self._select, []).append(at["value"])
            case "textarea" if at.get("name"):
                self._area = at["name"]
                form.fields.setdefault(self._area, []).append("")
            case "button" if at.get("name"):
                form.buttons.append((at["name"], at.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self.forms[-1].fields[self._area] = [self.forms[-1].fields[self._area][0].removeprefix("\n")]
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].fields[self._area][-1] += data
        self.words.append(data)

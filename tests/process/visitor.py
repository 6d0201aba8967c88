"""A visitor without JavaScript: reads the forms of a page and sends them, as a browser would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

from tests.answers import SV


@dataclass
class Form:
    """One form of a page: its own inputs with their values, and its buttons."""

    action: str
    inputs: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """The forms and the text of a page."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.text = ""
        self._area = ""
        self._select = ""
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif not self.forms:
            return
        elif tag == "button" and name == "press":
            self.forms[-1].buttons.append(given.get("value", ""))
        elif tag == "textarea":
            self._area = name
            self.forms[-1].inputs.setdefault(name, [""])
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given and self._select:
            self.forms[-1].inputs[self._select] = [given.get("value", "")]
        elif tag == "input" and name and given.get("type") not in ("file", "submit"):
            self._input(given)

    def _input(self, given: dict[str, str]) -> None:
        ticked = given.get("type") not in ("checkbox", "radio") or "checked" in given
        values = self.forms[-1].inputs.setdefault(given["name"], [])
        if ticked:
            values.append(given.get("value", "on"))

    def handle_endtag(self, tag: str) -> None:
        self._area = "" if tag == "textarea" else self._area
        self._select = "" if tag == "select" else self._select

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].inputs[self._area] = [self.forms[-1].inputs[self._area][0] + data]
        else:
            self.text += data

    def pressing(self, act: str) -> tuple[Form, str]:
        """The form that holds a button of this act, and the button's whole value; the last such form."""
        for form in reversed(self.forms):
            for value in form.buttons:
                if value.partition(" ")[0] == act:
                    return form, value
        raise LookupError(f"no button {act!r} among {[form.buttons for form in self.forms]}")

    @property
    def asked(self) -> str:
        """The key of the question at hand, "" when none is asked."""
        for form in reversed(self.forms):
            for value in form.buttons:
                if " " in value:
                    return value.partition(" ")[2]
            if form.inputs.get("asked"):
                return form.inputs["asked"][0]
        return ""


class Visitor:
    """A browser at one address, with its cookies."""

    def __init__(self, url: str, locale: str = "sv") -> None:
        self.url = url
        self.client = httpx.Client(follow_redirects=True, timeout=30, headers={"Accept-Language": locale})

    def see(self) -> Page:
        """The chat as it stands."""
        return Page(self.client.get(self.url + "/").text)

    def press(self, page: Page, act: str, filled: "dict[str, str | list[str]] | None" = None, at: str = "") -> Page:
        """Send the form with this button, filled in; `at` is another process's address of the same service."""
        form, value = page.pressing(act)
        inputs = form.inputs | {
            name: [given] if isinstance(given, str) else given for name, given in (filled or {}).items()
        }
        answer = self.client.post((at or self.url) + (form.action or "/"), data={**inputs, "press": [value]})
        return Page(answer.text)

    def close(self) -> None:
        """Give the connections back."""
        self.client.close()


STEPS = SV.form
"""What the visitor does at each question: the button, and what is filled in."""

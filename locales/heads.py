"""Check: the head of a catalog says nothing that changes by itself, and nothing that nobody filled in."""

import re
from collections.abc import Iterator

BY_ITSELF = re.compile(r'^"(POT-Creation-Date|Generated-By): .*\\n"\n', re.MULTILINE)
UNFILLED = "EMAIL@ADDRESS", "FULL NAME", "LL@li.org", "ORGANIZATION", "PROJECT", "YEAR"


def faults(text: str) -> Iterator[str]:
    """What the text of a catalog has at its head that is not ours."""
    head = text.partition("\n\n")[0] + "\n"
    for name in BY_ITSELF.findall(head):
        yield f"head: {name} says when and with what somebody ran a command; `make translations` takes it away"
    for words in UNFILLED:
        if words in head:
            yield f"head: {words}: nobody has filled it in; `make translations` takes EMAIL@ADDRESS away"


def cleaned(text: str) -> str:
    """The text of a catalog without what Babel writes at its head by itself."""
    return BY_ITSELF.sub("", text, count=2).replace("Report-Msgid-Bugs-To: EMAIL@ADDRESS", "Report-Msgid-Bugs-To: ", 1)

"""The table of the outages, and the page that it stands on."""

from collections.abc import Iterable

from tests.crash.table import PAGE
from tests.outages.outcome import Outcome

BEGIN, END = "<!-- make outages writes from here -->", "<!-- make outages wrote to here -->"
HEADINGS = (
    "outage",
    "lasted (s)",
    "forms and updates meanwhile: taken / not",
    "/readyz 503 after (s)",
    "200 again after (s)",
    "first form served, slower process (s)",
    "first update served, slower process (s)",
    "first message in a chat (s)",
    "first letter, slower worker (s)",
    "processes ended / started anew",
    "answers acknowledged / told that they were not taken",
    "lost",
    "double",
    "repeated",
)


def table(outcomes: Iterable[Outcome]) -> str:
    """The rows in Markdown, a heading above them."""
    return "\n".join([f"| {' | '.join(HEADINGS)} |", f"|{' --- |' * len(HEADINGS)}", *map(row, outcomes)])


def row(one: Outcome) -> str:
    """One of them."""
    served = one.served
    cells = (
        f"{one.name}, over {one.way}" if one.way != "a line" else one.name,
        f"{one.seconds:.0f}" if one.seconds >= 1 else "–",
        f"{one.taken} / {one.refused}",
        _seconds([one.unready]) if one.must_say or one.unready is not None else "–",
        _seconds([one.ready]),
        _seconds(served.web),
        _seconds(served.hooks),
        _seconds([served.telegram]),
        _seconds(served.letters),
        f"{len(one.ended)} / {one.restarted}",
        f"{one.acknowledged:,} / {one.told}",
        str(len(one.lost)),
        str(len(one.double)),
        str(one.repeated.total()),
    )
    return f"| {' | '.join(cells)} |"


def _seconds(times: list[float | None]) -> str:
    known = [one for one in times if one is not None]
    return f"{max(known):.1f}" if known and len(known) == len(times) else "never"


def write(text: str) -> None:
    """Put it on the page, between the marks."""
    page = PAGE.read_text()
    PAGE.write_text(f"{page.partition(BEGIN)[0]}{BEGIN}\n\n{text}\n\n{END}{page.partition(END)[2]}")

"""The comparison of who writes which draft: those who came in, those who left, and those whom a link did not let in. Plain data in, findings out."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.crash.kept import Kept
from tests.crash.life import Life, tokens_in


@dataclass
class Writing:
    """The findings, and the numbers of the table."""

    came_in: int = 0
    """People who came by a link that works into a draft that somebody else had begun."""
    left: int = 0
    turned_away: int = 0
    """Presses on links that lead nowhere any more."""
    let_in: list[str] = field(default_factory=list)
    """Who writes a draft, or reads in it, that they have left, or into which no link led them."""
    put_out: list[str] = field(default_factory=list)
    """Who does not write a draft any more that they have not left."""
    unwritten: list[str] = field(default_factory=list)
    """Drafts that nobody writes."""
    untold: list[str] = field(default_factory=list)
    """Who was not told that somebody had come in, or more than once; and who was not told where they had come in."""

    @property
    def broken(self) -> list[str]:
        """Every promise that did not hold."""
        parts = ("let_in", "put_out", "unwritten", "untold")
        return [f"{part}: {one}" for part in parts for one in getattr(self, part)]


def writing(lives: Iterable[Life], kept: Kept) -> Writing:
    """Compare."""
    lives = list(lives)
    found = Writing(
        sum(len(life.came) for life in lives),
        sum(len(life.left) for life in lives),
        sum(len(life.turned_away) for life in lives),
        unwritten=[f"draft {draft}" for draft in kept.unwritten],
    )
    for draft in sorted({draft for life in lives for draft in life.began}):
        _writers(found, draft, lives, kept)
        _told(found, draft, lives, kept)
        found.let_in += [f"person {life.person} is shown draft {draft}" for life in lives if draft in life.still]
    for life in lives:
        found.let_in += list(_afterwards(life, kept))
    return found


def _writers(found: Writing, draft: int, lives: list[Life], kept: Kept) -> None:
    """Those who write it are those who should, by name and by number."""
    case = kept.cases.get(draft, 0)
    there = kept.writers.get(case, set())
    meant = [life for life in lives if draft in life.began | life.came and draft not in life.left]
    known = {life.address: life for life in lives}
    for address in sorted(there - {life.address for life in meant}):
        who = f"person {known[address].person}" if address in known else address
        left = address in known and draft in known[address].left
        found.let_in.append(f"{who} has left draft {draft}, and writes it" if left else f"{who} writes draft {draft}")
    found.put_out += [f"person {life.person} of draft {draft}" for life in meant if life.address not in there]
    if kept.counts[case] != len(meant):
        found.let_in.append(f"{kept.counts[case]} people write draft {draft}, not {len(meant)}")


def _told(found: Writing, draft: int, lives: list[Life], kept: Kept) -> None:
    """Whoever began it was told of everybody who came in, once; and everybody who came in was told once where they are."""
    came = [life for life in lives if draft in life.came]
    for life in lives:
        told = Counter(life.announced.get(draft, []))
        excused = kept.failed[life.channel, life.address]
        missing = [number for number in range(2, len(came) + 2) if draft in life.began and not told[number]]
        found.untold += [f"person {life.person} of writer {number} of draft {draft}" for number in missing[excused:]]
        found.untold += [
            f"person {life.person} {times} times of writer {number} of draft {draft}"
            for number, times in told.items()
            if times > 1
        ]
        if draft in life.came and life.welcomed != 1 and not (life.welcomed == 0 and (excused or life.forgot)):
            found.untold.append(f"person {life.person}, who came into draft {draft}, {life.welcomed} times")


def _afterwards(life: Life, kept: Kept) -> Iterator[str]:
    """What somebody has read or written of a draft that is not theirs (any more)."""
    mine = f"p{life.person}n"
    read = {one for text in life.afterwards for one in tokens_in(text) if not one.startswith(mine)}
    yield from (f"person {life.person} reads {one}" for one in sorted(read))
    late = {said.token for said in life.wrote if said.after}
    values: list[Any] = [*kept.drafts.values(), *(one.values for one in kept.sent)]
    stored = {one for answers in values for one in tokens_in(answers)}
    yield from (f"{one} of person {life.person}, who had left, is stored" for one in sorted(late & stored))

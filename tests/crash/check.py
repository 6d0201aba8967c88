"""The comparison: what each person's chat says, beside what the database holds. Plain data in, findings out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.crash.kept import Kept
from tests.crash.life import Life, Said, tokens_in
from tests.crash.writing import Writing, writing


@dataclass
class Arrived:
    """What reached those who are told: texts by contact person (chat and mail together), letters by recipient."""

    colleagues: dict[str, str] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    chats: dict[str, str] = field(default_factory=dict)
    """By applicant's chat: everything that was shown there."""
    addresses: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """By contact person: the channels and addresses that notices go to."""


@dataclass
class Verdict:
    """The findings, and the numbers of the table."""

    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    """Answers that the bot had acknowledged and that are not stored."""
    dropped: list[str] = field(default_factory=list)
    """Texts that were neither stored nor refused: an update without an effect."""
    misplaced: list[str] = field(default_factory=list)
    """Texts stored as the answer to another question than the chat showed when they were written."""
    expected: int = 0
    stored: int = 0
    missing: list[str] = field(default_factory=list)
    double: list[str] = field(default_factory=list)
    notices: int = 0
    arrived: int = 0
    told: int = 0
    """Notices that the other side refused for good, and that contact persons see as undelivered."""
    unnoticed: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    writing: Writing = field(default_factory=Writing)
    """Who writes which draft together."""

    @property
    def broken(self) -> list[str]:
        """Every promise that did not hold."""
        parts = ("lost", "dropped", "missing", "double", "unnoticed", "stuck")
        return [f"{part}: {one}" for part in parts for one in getattr(self, part)] + self.writing.broken


def check(lives: Iterable[Life], kept: Kept, arrived: Arrived, mailbox: str) -> Verdict:
    """Compare. `mailbox` is where copies go."""
    verdict, lives = Verdict(), list(lives)
    _answers(verdict, lives, kept)
    _submissions(verdict, lives, kept)
    _notices(verdict, lives, kept, arrived, mailbox)
    verdict.writing = writing(lives, kept)
    verdict.stuck += [f"person {life.person} at {life.place}" for life in lives if not life.finished]
    verdict.stuck += [f"{kept.due} messages never left"] if kept.due else []
    return verdict


def _answers(verdict: Verdict, lives: list[Life], kept: Kept) -> None:  # noqa: C901, PLR0912 one complaint after another
    values = kept.drafts | {one.draft: one.values for one in kept.sent}
    at: dict[str, list[tuple[int, str]]] = {}
    for draft, answers in values.items():
        for key, value in answers.items():
            for one in tokens_in(value):
                at.setdefault(one, []).append((draft, key))
    for life in lives:
        for number, said in enumerate(life.wrote):
            verdict.acknowledged += said.acknowledged
            where = at.get(said.token, [])
            if said.after:
                continue
            if (said.draft, said.key) in where or _replaced(life, said, number, at):
                continue
            if life.shared and _taken_by_another(said, values):
                continue
            if where:
                verdict.misplaced.append(f"{said.token} to {said.key} is stored under {where[0][1]}")
            elif said.refused:
                continue
            elif _late(life, said, number, at):
                verdict.misplaced.append(f"{said.token} to {said.key} came late, and is nowhere any more")
            elif said.acknowledged:
                verdict.lost.append(f"{said.token} to {said.key} of draft {said.draft}")
            elif not life.shared:
                verdict.dropped.append(f"{said.token} to {said.key} of draft {said.draft}")
        for number, chosen in enumerate(life.chose):
            later = any(one.draft == chosen.draft and one.key == chosen.key for one in life.chose[number + 1 :])
            verdict.acknowledged += chosen.acknowledged
            if chosen.acknowledged and not later and values.get(chosen.draft, {}).get(chosen.key) != chosen.value:
                verdict.lost.append(f"person {life.person}: {chosen.value} to {chosen.key} of draft {chosen.draft}")


def _replaced(life: Life, said: Said, number: int, at: dict[str, list[tuple[int, str]]]) -> bool:
    """Whether a newer text took this one's place, and was meant to."""
    newer = (one for one in life.wrote[number + 1 :] if one.draft == said.draft and one.key == said.key)
    return any(one.changing and (one.draft, one.key) in at.get(one.token, []) for one in newer)


def _late(life: Life, said: Said, number: int, at: dict[str, list[tuple[int, str]]]) -> bool:
    """Whether it was written because the chat was slow, and the text before it has answered the question:
    it answered the next one, where something else stands since.
    """
    before = (one for one in life.wrote[:number] if one.draft == said.draft and one.key == said.key)
    return said.again and any((one.draft, one.key) in at.get(one.token, []) for one in before)


def _taken_by_another(said: Said, values: dict[int, dict[str, Any]]) -> bool:
    """Whether somebody who writes the same case was quicker, or changed it since."""
    mine = said.token.partition("n")[0]
    return any(one.partition("n")[0] != mine for one in tokens_in(values.get(said.draft, {}).get(said.key)))


def _submissions(verdict: Verdict, lives: list[Life], kept: Kept) -> None:
    wanted = {draft for life in lives for draft in life.sure}
    by_draft, verdict.stored = Counter(one.draft for one in kept.sent), len(kept.sent)
    verdict.expected = len(wanted)
    verdict.missing += [f"draft {draft} was sent and is no submission" for draft in sorted(wanted - by_draft.keys())]
    verdict.double += [f"draft {draft} is {times} submissions" for draft, times in by_draft.items() if times > 1]
    verdict.double += [f"draft {draft} was sent by nobody" for draft in sorted(by_draft.keys() - wanted)]
    references = Counter(one.reference for one in kept.sent)
    verdict.double += [f"{reference} stands for {times} cases" for reference, times in references.items() if times > 1]
    texts: Counter[str] = Counter(text for one in kept.sent for text in {*tokens_in(one.values)})
    verdict.double += [f"{text} is in {times} submissions" for text, times in texts.items() if times > 1]
    known = references.keys()
    for life in lives:
        verdict.missing += [f"the receipt {one} stands for nothing" for one in life.receipts if one not in known]


def _notices(verdict: Verdict, lives: list[Life], kept: Kept, arrived: Arrived, mailbox: str) -> None:  # noqa: C901 one complaint after another
    excused = Counter(kept.failed)
    senders = {draft: life for life in lives for draft in life.sure}

    def expect(what: str, there: bool, *addresses: tuple[str, str]) -> None:
        verdict.notices += 1
        if there:
            verdict.arrived += 1
            return
        for address in addresses:
            if excused[address]:
                excused[address] -= 1
                verdict.told += 1
                return
        verdict.unnoticed.append(what)

    for one in kept.sent:
        life, number = senders.get(one.draft), one.reference
        if life is None:
            continue
        expect(f"receipt {number} of person {life.person}", number in life.receipts, (life.channel, life.address))
        expect(f"the mailbox about {number}", number in arrived.letters.get(mailbox, ""), ("mail", mailbox))
        if email := (one.values.get("contact") or {}).get("email"):
            expect(f"the letter to {email}", number in arrived.letters.get(email, ""), ("mail", email))
        for name, told in arrived.colleagues.items():
            expect(f"{name} about {number}", number in told, *arrived.addresses.get(name, ()))
    for case, number in kept.taken:
        for chat in kept.writers.get(case, ()):
            there = any(number in shown and "Karin" in shown for shown in arrived.chats.get(chat, "").split("\0"))
            expect(f"{number} was taken, to chat {chat}", there, ("telegram", chat))

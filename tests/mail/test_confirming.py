"""Confirming an e-mail address by a code, from the letter on the wire to the chat that gave it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.speech.plain import paragraphs
from bot.turns.daily_limits import TRIES_AN_HOUR
from dialogs.applicants import forget_me
from dialogs.language.events import Press, Say
from dialogs.language.replies import Ask, Receipt, Reply, Tell
from storage.cases import confirmations
from storage.database.door_tables import confirmations as rows_of
from storage.database.tables import outbox
from storage.erasure import retention
from tests.day import a_case, delivered, happens, let_in
from tests.house import Caller, Composed
from tests.letterbox import Letterbox
from tests.mail.letters import CODE, NOW, SECRET, by_mail_only, code_sent, confirms, mail, text, to
from tests.ways import SENT, everything, goes, rows, up_to

KIM = "kim@example.se"


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    box = Letterbox().start()
    yield box
    box.stop()


def said(replies: list[Reply]) -> str:
    """What is said, in English, as plain text."""
    return "\n".join(words for reply in replies for words in paragraphs(reply, "en"))


def is_wrong(replies: list[Reply]) -> bool:
    """Whether what stands there asks for the code once more, and says that it was wrong."""
    last = replies[-1]
    return isinstance(last, Tell) and last.tone == "trouble" and bool(last.fields)


def other_than(code: str) -> str:
    return str(int(code) - 1 if code != "100000" else 100001)


async def is_confirmed(composed: Composed, case: int = 1, address: str = KIM) -> bool:
    async with composed.database.read() as connection:
        return await confirmations.confirmed(connection, case, address)


async def test_the_first_letter_says_a_number_and_a_code_and_no_more(composed: Composed, letterbox: Letterbox) -> None:
    caller = Caller(composed.turns)
    case = await a_case(composed, caller)
    await delivered(composed, mail=mail(letterbox))
    (letter,) = to(letterbox, KIM)
    assert case.reference in text(letter)
    assert CODE.search(text(letter))
    whole = letter.as_string() + text(letter)
    assert "http" not in whole, "no link"
    assert not any(word in whole for word in ("Kim", "bench", "meeting"))


async def test_it_is_asked_for_below_the_receipt_and_nothing_waits_for_it(composed: Composed) -> None:
    caller = Caller(composed.turns)
    await a_case(composed, caller)
    receipt, asks = (await caller.sees())[1][-2:]
    assert isinstance(receipt, Receipt)
    assert isinstance(asks, Tell)
    assert KIM in said([asks])
    assert asks.fields, "on the web there is a field for it"
    await caller.does(Press("new"))
    assert isinstance((await caller.sees())[1][-1], Ask)


async def test_typed_into_the_chat_it_confirms_and_the_receipt_follows(
    composed: Composed, letterbox: Letterbox
) -> None:
    caller = Caller(composed.turns)
    case = await a_case(composed, caller)
    code = await code_sent(composed, letterbox)
    replies = await caller.does(Say(f" {code[:3]} {code[3:]} "))
    assert KIM in said(replies)
    assert await is_confirmed(composed, case.id)
    assert not (await caller.sees())[0].unconfirmed
    await delivered(composed, mail=mail(letterbox))
    receipt = to(letterbox, KIM)[-1]
    assert case.reference in text(receipt)
    assert not CODE.search(text(receipt).replace(case.reference, ""))


async def test_while_a_question_is_asked_the_code_is_no_answer_to_it(composed: Composed, letterbox: Letterbox) -> None:
    caller = Caller(composed.turns)
    case = await a_case(composed, caller)
    code = await code_sent(composed, letterbox)
    await goes(caller, Press("new"), Press("meeting"))
    before = (await caller.sees())[0].here
    await caller.does(Say(code))
    standing, _shown = await caller.sees()
    assert before
    assert standing.here
    assert standing.here.draft.answers == before.draft.answers
    assert await is_confirmed(composed, case.id)


async def test_of_somebody_who_waits_for_nothing_six_digits_are_an_answer(composed: Composed) -> None:
    caller = Caller(composed.turns)
    await caller.does(Press("accept"))
    await goes(caller, Press("meeting"), Say("123456"))
    standing, _shown = await caller.sees()
    assert standing.here
    assert "123456" in str(standing.here.draft.answers)


async def test_a_wrong_code_says_so_and_five_are_enough(composed: Composed, letterbox: Letterbox) -> None:
    caller = Caller(composed.turns)
    case = await a_case(composed, caller)
    code = await code_sent(composed, letterbox)
    for _time in range(confirmations.TRIES):
        assert is_wrong(await caller.does(Say(other_than(code))))
    late = await caller.does(Say(code))
    assert not is_wrong(late)
    assert not await is_confirmed(composed, case.id), "the right one comes too late"
    assert f"newcode:{case.id}" in str(late)
    await caller.does(Press(f"newcode:{case.id}"))
    again = await code_sent(composed, letterbox)
    await caller.does(Say(code))
    assert await is_confirmed(composed, case.id) == (again == code), "the code before is none any more"
    await caller.does(Say(again))
    assert await is_confirmed(composed, case.id)


@pytest.mark.house(submissions_per_day=100)
async def test_in_an_hour_one_person_tries_so_many(composed: Composed, letterbox: Letterbox) -> None:
    caller = Caller(composed.turns)
    case = await a_case(composed, caller)
    composed.clock.stop()
    for _time in range(TRIES_AN_HOUR):
        await caller.does(Press(f"newcode:{case.id}"))
        await caller.does(Say(other_than(await code_sent(composed, letterbox))))
    await caller.does(Press(f"newcode:{case.id}"))
    code = await code_sent(composed, letterbox)
    await caller.does(Say(code))
    assert not await is_confirmed(composed, case.id)
    composed.clock.at += timedelta(hours=1)
    await caller.does(Say(code))
    assert await is_confirmed(composed, case.id)


@pytest.mark.house(submissions_per_day=3)
async def test_codes_are_sent_anew_so_often_a_day_whoever_asks(composed: Composed, letterbox: Letterbox) -> None:
    one, two = Caller(composed.turns), Caller(composed.turns, "two")
    for caller in (one, two):
        case = await a_case(composed, caller)
        for _time in range(3):
            replies = await caller.does(Press(f"newcode:{case.id}"))
    assert not getattr(replies[-1], "fields", ()), "no code is asked for that was not sent"
    await delivered(composed, mail=mail(letterbox))
    assert len(to(letterbox, KIM)) == 3


async def test_after_a_day_a_code_is_good_for_nothing(composed: Composed, letterbox: Letterbox) -> None:
    caller = Caller(composed.turns)
    case = await a_case(composed, caller)
    code = await code_sent(composed, letterbox)
    composed.clock.stop()
    composed.clock.at += confirmations.LASTS + timedelta(seconds=1)
    assert f"newcode:{case.id}" in str(await caller.does(Say(code)))
    assert not await is_confirmed(composed, case.id)


async def test_nobody_else_confirms_it_with_the_code_in_hand(composed: Composed, letterbox: Letterbox) -> None:
    """Whoever reads a mistyped address has the code, and no chat in which it means anything; a contact person has none either."""
    caller, reader = Caller(composed.turns), Caller(composed.turns, "reader")
    case = await a_case(composed, caller)
    await goes(
        reader, *(Press("accept"), Press("meeting")), up_to(contact={"name": "R", "email": "r@example.se"}), *SENT
    )
    code = await code_sent(composed, letterbox)
    await reader.does(Say(code))
    assert not await is_confirmed(composed, case.id)
    alva = await let_in(composed)
    await composed.turns.take_staff(alva, Say(code))
    assert not await is_confirmed(composed, case.id)
    await caller.does(Say(code))
    assert await is_confirmed(composed, case.id), "what others tried costs them no try"


async def test_what_is_kept_of_a_code_is_a_hash(composed: Composed, letterbox: Letterbox) -> None:
    await a_case(composed, Caller(composed.turns))
    code = await code_sent(composed, letterbox)
    assert code not in await everything(composed.database)


async def test_later_letters_say_where_the_address_is_confirmed(composed: Composed, letterbox: Letterbox) -> None:
    cecilia, caller = await by_mail_only(composed), Caller(composed.turns)
    case = await a_case(composed, caller)
    await happens(composed, case, "taken", cecilia, NOW)
    await happens(composed, case, "write", cecilia, NOW, text=SECRET, ball="applicants")
    await delivered(composed, mail=mail(letterbox))
    letter = to(letterbox, KIM)[-1]
    assert SECRET not in text(letter)
    assert not CODE.search(text(letter)), "only the chat asks for a code"
    replies = await caller.does(Press("status"))
    assert "code" in str(replies[-1])
    asks = (await caller.taps("code"))[-1]
    assert isinstance(asks, Tell)
    assert asks.fields


async def test_whoever_deletes_everything_unconfirmed_is_told_before_and_no_letter_leads_to_the_chat_that_is_gone(
    composed: Composed, letterbox: Letterbox
) -> None:
    cecilia, caller = await by_mail_only(composed), Caller(composed.turns)
    case = await a_case(composed, caller)
    (asked,) = await caller.does(Press("forget"))
    assert isinstance(asked, Tell)
    assert forget_me.UNCONFIRMED in asked.words
    assert [row[0].act for row in asked.rows] == ["resume", "code", "forget2"]
    await caller.does(Press("forget2"))
    await happens(composed, case, "taken", cecilia, NOW)
    await happens(composed, case, "write", cecilia, NOW, text=SECRET, ball="applicants")
    await delivered(composed, mail=mail(letterbox))
    letter = text(to(letterbox, KIM)[-1])
    assert SECRET not in letter
    assert "chat" not in letter
    assert composed.turns.house.mailbox in letter
    assert case.reference in letter
    missed = await rows(composed.database, outbox, state="failed")
    assert [(row.channel, row.case_id) for row in missed] == [("nowhere", case.id)] * 2, (
        "staff see that nobody reads it"
    )


async def test_a_confirmed_letter_says_everything_after_everything_was_deleted_and_staff_see_no_trouble(
    composed: Composed, letterbox: Letterbox
) -> None:
    cecilia, caller = await by_mail_only(composed), Caller(composed.turns)
    case = await a_case(composed, caller)
    await confirms(composed, letterbox, caller)
    (asked,) = await caller.does(Press("forget"))
    assert forget_me.UNCONFIRMED not in asked.words  # type: ignore[union-attr]
    await caller.does(Press("forget2"))
    await happens(composed, case, "taken", cecilia, NOW)
    await happens(composed, case, "write", cecilia, NOW, text=SECRET, ball="applicants")
    await delivered(composed, mail=mail(letterbox))
    letter = text(to(letterbox, KIM)[-1])
    assert SECRET in letter
    assert "open the chat" not in letter
    assert await rows(composed.database, outbox, state="failed") == []


async def test_who_has_confirmed_an_address_is_not_asked_again(composed: Composed, letterbox: Letterbox) -> None:
    caller = Caller(composed.turns)
    await a_case(composed, caller)
    await confirms(composed, letterbox, caller)
    await goes(caller, Press("new"), Press("meeting"), up_to(), *SENT)
    assert isinstance((await caller.sees())[1][-1], Receipt)
    await delivered(composed, mail=mail(letterbox))
    assert not CODE.search(text(to(letterbox, KIM)[-1]))


async def test_an_address_that_never_was_confirmed_is_forgotten(composed: Composed) -> None:
    await a_case(composed, Caller(composed.turns))
    async with composed.database.write() as connection:
        later = composed.clock.now() + confirmations.KEPT
        assert await retention.confirmations(connection, later, 10) == 1
    assert await rows(composed.database, rows_of) == []

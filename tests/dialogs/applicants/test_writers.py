"""Those who write together: they invite each other, see who came in, can take out who came later, and leave without taking anything along."""

import asyncio

from bot.documents.own import own_of
from bot.turns.origin import Origin
from dialogs.applicants.link_names import WAITS
from dialogs.language.events import Fill, Press, Say, Start
from dialogs.language.replies import Ask, Reply, Tell
from dialogs.language.words import Words
from storage.cases.verify import verify
from storage.database.tables import case_invitations, outbox, participants, submissions
from storage.erasure import forgetting
from storage.people.people import Address
from tests.clock import now
from tests.day import let_in
from tests.house import Caller, Composed, pressed
from tests.ways import BEGUN, SENT, WRITTEN, goes, link_in, number_of, rows, up_to

AT_WORDS = ("yes", "met")


def said(replies: list[Reply]) -> str:
    """Everything that was said, as its keys and values."""
    return str([getattr(one, "words", ()) for one in replies])


async def invited(one: Caller, other: Caller) -> list[Reply]:
    """`one` invites `other`, who comes in; what `other` reads."""
    await one.does(Press("menu"))
    await one.taps("writers")
    draft = (await one.sees())[0].here
    assert draft
    token = link_in(await one.taps(f"invite:{draft.draft.id}"))
    await other.does(Start(token))
    return await other.taps("accept")


async def two(composed: Composed) -> tuple[Caller, Caller]:
    """Two who write one draft; the first began it."""
    one, other = await goes(Caller(composed.turns, "one"), *BEGUN, *AT_WORDS), Caller(composed.turns, "other", "sv")
    await one.does(Say("We have met every week."))
    await invited(one, other)
    return one, other


async def test_whoever_is_invited_by_a_writer_reads_and_writes_the_same_draft(composed: Composed) -> None:
    one, other = await two(composed)
    mine, theirs = (await one.sees())[0].here, (await other.sees())[0].here
    assert mine
    assert theirs
    assert mine.draft.id == theirs.draft.id
    assert [writer.person for writer in mine.writers] == [(await one.sees())[0].person, (await other.sees())[0].person]
    assert await number_of(composed.database, participants) == 2


async def test_whoever_wrote_before_is_told_that_somebody_has_come_in(composed: Composed) -> None:
    one, _other = await two(composed)
    shown = (await one.sees())[1]
    assert "Somebody has come in by an invitation." in said(shown)
    assert any(isinstance(reply, Tell) and reply.lasting for reply in shown)


async def test_a_link_lets_in_one_person_once(composed: Composed) -> None:
    one = await goes(Caller(composed.turns, "one"), *BEGUN, *AT_WORDS)
    third, fourth = Caller(composed.turns, "third"), Caller(composed.turns, "fourth")
    other = Caller(composed.turns, "other")
    await invited(one, other)
    (used,) = await rows(composed.database, case_invitations)
    assert used.person_id == (await other.sees())[0].person
    here = (await one.sees())[0].here
    assert here
    token = link_in(await one.does(Press(f"invite:{here.draft.id}")))
    assert await third.does(Start(token))
    assert "has been used already" in said(await fourth.does(Start(token)))
    assert (await fourth.sees())[0].open == ()


async def test_whoever_tries_their_own_link_does_not_use_it_up(composed: Composed) -> None:
    one, other = await goes(Caller(composed.turns, "one"), *BEGUN, *AT_WORDS), Caller(composed.turns, "other")
    here = (await one.sees())[0].here
    assert here
    token = link_in(await one.does(Press(f"invite:{here.draft.id}")))
    await one.does(Start(token))
    await other.does(Start(token))
    assert (await other.sees())[0].at_hand == here.draft.id
    assert await number_of(composed.database, participants) == 2


async def test_once_it_is_sent_no_link_leads_into_it(composed: Composed) -> None:
    """Whoever came in then would read what was sent, and could withdraw it."""
    one, other = await goes(Caller(composed.turns, "one"), *WRITTEN), Caller(composed.turns, "other")
    await invited(one, other)
    here = (await one.sees())[0].here
    assert here
    token = link_in(await one.does(Press(f"invite:{here.draft.id}")))
    await one.does(Press("resume"))
    await goes(one, *SENT)
    third = Caller(composed.turns, "third")
    assert "has been used already" in said(await third.does(Start(token)))
    assert (await third.sees())[0].sent == ()
    assert "has sent it to the city" in said((await other.sees())[1]), "whoever wrote it, too, is told"


async def test_whoever_is_taken_out_while_they_send_sends_nothing(composed: Composed) -> None:
    """Their turn waits for the draft, and then finds that they do not write it any more."""
    one, other = await goes(Caller(composed.turns, "one"), *WRITTEN), Caller(composed.turns, "other")
    await invited(one, other)
    second = (await other.sees())[0].person
    here = (await one.sees())[0].here
    assert here
    await other.does(Press("resume"))
    await other.taps("send")
    sure = pressed("sure", (await other.sees())[1])
    await asyncio.gather(
        one.turns.take(Origin(one.address, "en"), Press(f"takeout2:{here.draft.id}:{second}")),
        other.turns.take(Origin(other.address, "en"), sure),
    )
    sent = await rows(composed.database, submissions)
    there = {row.person_id for row in await rows(composed.database, participants)}
    assert (second in there) == bool(sent), "either they sent it and are still there, or neither"


async def test_two_who_leave_at_once_leave_nothing_that_nobody_writes(composed: Composed) -> None:
    one, other = await two(composed)
    here = (await one.sees())[0].here
    assert here
    leave = Press(f"leave:{here.draft.id}")
    await asyncio.gather(*(who.turns.take(Origin(who.address, "en"), leave) for who in (one, other)))
    assert await number_of(composed.database, participants) == 1
    (last,) = [who for who in (one, other) if (await who.sees())[0].open]
    assert "Delete the draft" in said((await last.sees())[1]), "asked anew: it would be gone for good"


async def test_whoever_came_later_is_taken_out_by_an_earlier_one_only(composed: Composed) -> None:
    one, other = await two(composed)
    here, first, second = (await one.sees())[0].here, (await one.sees())[0].person, (await other.sees())[0].person
    assert here
    await other.does(Press(f"takeout2:{here.draft.id}:{first}"))
    assert await number_of(composed.database, participants) == 2, "a later one takes nobody out"
    await one.does(Press("writers"))
    await one.taps(f"takeout:{here.draft.id}:{second}")
    await one.taps(f"takeout2:{here.draft.id}:{second}")
    standing, shown = await other.sees()
    assert standing.open == ()
    assert "has taken you out" in said(shown)
    assert not any(isinstance(reply, Ask) for reply in shown), "what the page showed of the draft is gone"
    assert (await one.sees())[0].open[0].writers == ()


async def test_nobody_takes_out_whose_coming_was_not_noted(composed: Composed) -> None:
    """Who came first is not known of those who came by the program before, or before it was noted: not even the founder."""
    one, other = await two(composed)
    here, first, second = (await one.sees())[0].here, (await one.sees())[0].person, (await other.sees())[0].person
    assert here
    async with composed.database.write() as connection:
        await connection.execute(participants.update().where(participants.c.person_id == second).values(since=None))
    await other.does(Press(f"takeout2:{here.draft.id}:{first}"))
    await one.does(Press(f"takeout2:{here.draft.id}:{second}"))
    assert await number_of(composed.database, participants) == 2


async def test_a_button_about_another_draft_does_nothing_to_this_one(composed: Composed) -> None:
    one = await goes(Caller(composed.turns, "one"), *BEGUN, *AT_WORDS)
    for act in ("invite:x", "invite:0", "invite:999", "takeout2:x:1"):
        await one.does(Press(act))
    assert await number_of(composed.database, case_invitations) == 0


async def test_whoever_is_taken_out_takes_their_invitations_along(composed: Composed) -> None:
    one, other = await two(composed)
    here, second = (await one.sees())[0].here, (await other.sees())[0].person
    assert here
    token = link_in(await other.does(Press(f"invite:{here.draft.id}")))
    await one.does(Press(f"takeout2:{here.draft.id}:{second}"))
    await other.does(Start(token))
    assert (await other.sees())[0].open == ()


async def test_deleting_a_draft_that_others_write_is_leaving_it(composed: Composed) -> None:
    one, other = await two(composed)
    here = (await one.sees())[0].here
    assert here
    shown = await one.does(Press(f"delete:{here.draft.id}"))
    assert "it stays with them" in said(shown)
    await one.taps(f"leave:{here.draft.id}")
    assert (await one.sees())[0].open == ()
    standing, shown = await other.sees()
    assert standing.here
    assert standing.here.draft.answers == here.draft.answers
    assert "has left" in said(shown)


async def test_deleting_everything_about_oneself_leaves_what_others_write(composed: Composed) -> None:
    one, other = await two(composed)
    await one.turns.take(Origin(one.address, "en"), Press("forget2"))
    standing, shown = await other.sees()
    assert standing.here
    assert "has left" in said(shown)
    assert await number_of(composed.database, participants) == 1


async def test_whoever_was_taken_out_of_what_they_sent_is_told_that_it_stays_and_finds_it(composed: Composed) -> None:
    """A co-writer sends a wish for a meeting, and is then taken out of the draft."""
    one, other = await two(composed)
    await goes(other, Press("meeting"), up_to(), *SENT)
    second, here = (await other.sees())[0].person, (await one.sees())[0].here
    assert here
    await one.does(Press(f"takeout2:{here.draft.id}:{second}"))
    assert (await other.sees())[0].arrived == ()
    assert "stays with the city" in said(await other.does(Press("forget")))
    found = await own_of(composed.database, second, composed.turns.house)
    assert found.sent[0].record.dialog == "meeting"
    assert len(found.rows["sent"]) == 1
    await other.turns.take(Origin(other.address, "en"), Press("forget2"))
    async with composed.database.read() as connection:
        assert await forgetting.has_sent(connection, second), "it is a public document"
    third = await goes(Caller(composed.turns, "third"), *BEGUN)
    assert "Nothing else about you is left." in said(await third.does(Press("forget")))


async def test_the_only_one_who_writes_it_still_deletes_it(composed: Composed) -> None:
    one, other = await two(composed)
    here = (await one.sees())[0].here
    assert here
    await one.does(Press(f"leave:{here.draft.id}"))
    await other.does(Press(f"delete:{here.draft.id}"))
    await other.does(Press(f"delete3:{here.draft.id}"))
    assert await number_of(composed.database, participants) == 0


async def test_who_invited_ends_the_links_that_nobody_has_used(composed: Composed) -> None:
    one = await goes(Caller(composed.turns, "one"), *BEGUN, *AT_WORDS)
    other, third, fourth = (Caller(composed.turns, name) for name in ("other", "third", "fourth"))
    await invited(one, other)
    here = (await one.sees())[0].here
    assert here
    await other.does(Press("resume"))
    theirs = link_in(await other.does(Press(f"invite:{here.draft.id}")))
    mine = [link_in(await one.does(Press(f"invite:{here.draft.id}"))) for _time in range(2)]
    (said_then,) = [reply for reply in await one.taps(f"endlinks:{here.draft.id}") if isinstance(reply, Tell)]
    assert isinstance(said_then.words[0], Words)
    assert said_then.words[0].values == {"count": 2}
    for token in mine:
        await third.does(Start(token))
    assert (await third.sees())[0].open == ()
    await fourth.does(Start(theirs))
    assert (await fourth.sees())[0].at_hand == here.draft.id, "the links of another writer go on"
    assert await number_of(composed.database, participants) == 3, "who has come in stays"


async def test_links_that_nobody_uses_do_not_pile_up(composed: Composed) -> None:
    one = await goes(Caller(composed.turns, "one"), *BEGUN, *AT_WORDS)
    here = (await one.sees())[0].here
    assert here
    for _time in range(25):
        shown = await one.does(Press(f"invite:{here.draft.id}"))
    assert "many links already" in said(shown)
    assert await number_of(composed.database, case_invitations) == 20


async def test_at_the_review_it_says_how_many_write_it(composed: Composed) -> None:
    one = await goes(Caller(composed.turns, "one"), *WRITTEN)
    await invited(one, Caller(composed.turns, "other"))
    shown = await one.does(Press("resume"))
    assert "{count} people write it together." in said(shown)


async def test_a_contact_person_on_telegram_does_not_come_in_as_an_actor(composed: Composed) -> None:
    """The chat in which the contact persons' bot knows them is theirs with the applicants' bot, too. Their link stays good for whom they meant."""
    alva = await let_in(composed, "Alva", "70")
    one = await goes(Caller(composed.turns, "one"), *BEGUN, *AT_WORDS)
    here = (await one.sees())[0].here
    assert here
    token = link_in(await one.does(Press(f"invite:{here.draft.id}")))
    as_applicant = Origin(Address("telegram", alva.address.address), "sv")
    await composed.turns.take(as_applicant, Start(token))
    (told,) = [row.reply for row in await rows(composed.database, outbox, channel="telegram") if row.reply["words"]][:1]
    assert "cannot come into one as an actor" in str(told)
    assert await number_of(composed.database, participants) == 1
    await Caller(composed.turns, "other").does(Start(token))
    assert await number_of(composed.database, participants) == 2


async def test_nothing_of_it_reaches_a_desk(composed: Composed) -> None:
    """Law 5: the city is not told who writes what is not sent."""
    await two(composed)
    assert await rows(composed.database, outbox, channel="mail") == []
    assert {Address(row.channel, row.address).channel for row in await rows(composed.database, outbox)} == {"web"}


async def test_verify_knows_everybody_who_came_in_and_nobody_who_went(composed: Composed) -> None:
    async def found() -> list[str]:
        async with composed.database.read() as connection:
            return [one.what for one in (await verify(connection, composed.turns.seal)).findings]

    one, other = await two(composed)
    third, fourth = Caller(composed.turns, "third"), Caller(composed.turns, "fourth")
    for caller in (third, fourth):
        await invited(one, caller)
    assert await found() == []
    here = (await one.sees())[0].here
    assert here
    await one.does(Press(f"takeout2:{here.draft.id}:{(await third.sees())[0].person}"))
    await other.does(Press(f"leave:{here.draft.id}"))
    await fourth.turns.take(Origin(fourth.address, "en"), Press("forget2"))
    assert await number_of(composed.database, participants) == 1
    assert await found() == []
    person = (await third.sees())[0].person
    async with composed.database.write() as connection:
        await connection.execute(participants.insert().values(case_id=here.case, person_id=person, since=now()))
    (said_of_it,) = await found()
    assert f"that person {person} writes it was put in past the program" in said_of_it


async def link(one: Caller) -> tuple[str, int]:
    """A link that somebody makes for one more writer, and the draft."""
    here = (await one.sees())[0].here
    assert here
    return link_in(await one.does(Press(f"invite:{here.draft.id}"))), here.draft.id


async def test_two_who_came_in_the_same_minute_are_told_apart_by_whom_the_links_were_for(composed: Composed) -> None:
    one = await goes(Caller(composed.turns, "one"), *BEGUN, *AT_WORDS)
    others = {name: Caller(composed.turns, name) for name in ("Amina", "Bo")}
    for name, other in others.items():
        token, draft = await link(one)
        assert "Write a short name" in said(await one.taps(f"linkfor:{draft}"))
        assert name in said(await one.does(Say(name)))
        await other.does(Start(token))
        await other.taps("accept")
        assert f"It was the link for {{name}}.', values={{'name': '{name}'}}" in said((await one.sees())[1])
    assert {row.link_for for row in await rows(composed.database, case_invitations)} == {""}, (
        "it is with the writer now"
    )
    room = said(await one.does(Press(f"writers:{draft}")))
    for name, other in others.items():
        assert f"'name': '{name}'" in room
        person = (await other.sees())[0].person
        assert f"'name': '{name}'" in said(await one.does(Press(f"takeout:{draft}:{person}")))
    await one.does(Press(f"takeout2:{draft}:{person}"))
    assert {row.link_for for row in await rows(composed.database, participants)} == {"", "Amina"}
    own = await own_of(composed.database, (await others["Amina"].sees())[0].person, composed.turns.house)
    assert [row["link_for"] for row in own.rows["writes"]] == ["Amina"], "what was written down of somebody is theirs"


async def test_an_answer_is_never_taken_for_a_name(composed: Composed) -> None:
    """Nor is a message that is longer than one; and nothing of the question stays in the draft."""
    one = await goes(Caller(composed.turns, "one"), *BEGUN, *AT_WORDS)
    for between in (Press("resume"), Press("menu"), None):
        _token, draft = await link(one)
        await one.taps(f"linkfor:{draft}")
        if between:
            await one.does(between)
        await one.does(Say("Met." if between else "We have met every week since the spring of last year."))
        here = (await one.sees())[0].here
        assert here
        assert WAITS not in here.draft.answers
        assert {row.link_for for row in await rows(composed.database, case_invitations)} == {""}
        words = str([answer.value for answer in here.draft.answers.values()])
    assert "We have met every week since the spring of last year." in words


async def test_on_the_web_it_is_written_into_a_field_and_a_link_that_was_used_has_no_name_any_more(
    composed: Composed,
) -> None:
    one = await goes(Caller(composed.turns, "one"), *BEGUN, *AT_WORDS)
    token, draft = await link(one)
    await one.taps(f"linkfor:{draft}")
    await one.does(Fill(f"namelink:{draft}", "", 0, 0, {"who": ("  Amina   Ali " + "i" * 60,)}))
    (row,) = await rows(composed.database, case_invitations)
    assert row.link_for.startswith("Amina Ali")
    assert len(row.link_for) == 40
    await Caller(composed.turns, "other").does(Start(token))
    await one.does(Press(f"linkfor:{draft}"))
    assert "no link of yours that waits" in said(await one.does(Say("Bo")))

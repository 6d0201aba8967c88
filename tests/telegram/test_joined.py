"""A paste and an album come in pieces, and are one act."""

from bot.telegram.hear import Brought, Heard, Offered
from bot.telegram.joined import Tails, joined
from dialogs.language.events import Press, Say
from dialogs.language.words import LONGEST


def said(update: int, text: str, at: int = 100, *, cut: bool = False) -> Heard:
    return Heard(501, "sv", (update,), Say(text, str(update)), at=at, cut=cut)


def photo(update: int, album: str = "a") -> Brought:
    return Brought(501, "sv", (update,), (Offered(f"f{update}", "p.jpg"),), album=album)


def test_the_pieces_of_a_paste_are_one_text() -> None:
    whole = joined(
        [
            said(1, "before"),
            said(2, "x" * 4096, cut=True),
            said(3, "y" * 4096, cut=True),
            said(4, "end"),
            said(5, "after"),
        ]
    )
    paste = "x" * 4096 + "\n" + "y" * 4096 + "\nend"
    assert whole == [said(1, "before"), Heard(501, "sv", (2, 3, 4), Say(paste, "2"), at=100), said(5, "after")]


def test_a_paste_grows_no_longer_than_any_answer() -> None:
    pieces = [said(number, "x" * 4096, cut=True) for number in range(1, 1001)]
    (whole,) = joined([*pieces, said(1001, "end")])
    assert isinstance(whole, Heard)
    assert isinstance(whole.event, Say)
    assert LONGEST < len(whole.event.text) <= LONGEST + 4097
    assert len(whole.event.text) + whole.event.over == 1000 * 4097 + 3
    assert len(whole.updates) == 1001, "all of them are dealt with"


def test_two_texts_at_different_times_are_two() -> None:
    assert len(joined([said(1, "x" * 4096, at=100, cut=True), said(2, "later", at=103)])) == 2


def test_a_press_ends_a_paste() -> None:
    assert len(joined([said(1, "x" * 4096, cut=True), Heard(501, "sv", (2,), Press("menu")), said(3, "tail")])) == 3


def test_an_album_is_one_act() -> None:
    whole = joined([photo(1), photo(2), photo(3, "b"), photo(4, ""), photo(5, "")])
    assert [one.updates for one in whole] == [(1, 2), (3,), (4,), (5,)]
    assert whole[0] == Brought(501, "sv", (1, 2), (Offered("f1", "p.jpg"), Offered("f2", "p.jpg")), album="a")


def test_the_tail_of_what_was_taken_is_known() -> None:
    tails = Tails()
    assert not tails.is_tail(said(1, "x" * 4096, at=100, cut=True))
    tails.taken(said(1, "x" * 4096, at=100, cut=True))
    assert tails.is_tail(said(2, "y" * 4096, at=102, cut=True))
    assert tails.is_tail(said(3, "end", at=104))
    assert not tails.is_tail(said(4, "an answer", at=107))
    assert not tails.is_tail(Heard(501, "sv", (5,), Press("menu")))
    assert not tails.is_tail(Heard(502, "sv", (6,), Say("somebody else"), at=101))

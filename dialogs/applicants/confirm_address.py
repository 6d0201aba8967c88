"""Confirming an e-mail address by a code that is sent there. Until then a letter says a number and no more, and nothing waits for it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from dialogs.applicants.acts import Confirm, Response
from dialogs.applicants.rooms import RESUME
from dialogs.applicants.where import Standing
from dialogs.engine.draft import ASIDE, current
from dialogs.kinds.amount import Amount
from dialogs.kinds.contact import Contact
from dialogs.kinds.day import Day
from dialogs.kinds.place import Place
from dialogs.kinds.times import Times
from dialogs.language.ids import number_in
from dialogs.language.replies import Button, Field, Rows, Tell
from dialogs.language.words import Words, _
from dialogs.phases.steps import DIALOGS

DIGITS = 6
"""Digits of a code."""
ACTS = ("code", "newcode")
"""Buttons about it; after the colon of `newcode`, the case for which another code is sent."""
COUNTS = (Amount, Contact, Day, Place, Times)
"""Kinds of answers that digits may be. Where one is asked for, digits are the answer, and no code."""
TITLE = _("Your e-mail address")
FIELDS = (Field("code", "number", _("The six digits"), most=20, autocomplete="one-time-code"),)
HOME = Button(_("To the start"), "home", weight="main")
SENDS = Button(_("Confirm"), "code", weight="main")


def code_in(text: str) -> str:
    """The code that somebody wrote, in our digits, or "": six digits of any script, also with blanks or hyphens between them."""
    found = re.sub(r"[\s-]", "", text)
    digits = "".join(str(unicodedata.decimal(char, "")) for char in found)
    return digits if len(digits) == len(found) == DIGITS else ""


def meant(standing: Standing, text: str) -> str:
    """The code that a text is, or "": an address has to wait to be confirmed, and the question at hand must be none that digits answer."""
    code = code_in(text) if standing.unconfirmed else ""
    asked = current(DIALOGS[standing.here.dialog], standing.here.draft) if code and standing.here else None
    return "" if asked and isinstance(asked.kind, COUNTS) else code


def pressed(_standing: Standing, act: str, rest: str) -> Response:
    """The response to a button about it."""
    return Response(acts=(Confirm(case=number_in(rest) if act == "newcode" else 0),))


def filled(standing: Standing, text: str) -> Response:
    """The response to what was written into the field of the code. What has not the shape of one is refused, and is no try."""
    code = code_in(text)
    waiting = [one.case for one in standing.sent if one.unconfirmed]
    return Response(acts=(Confirm(code),)) if code or not waiting else Response((wrong(waiting[0]),))


def on(standing: Standing) -> Button:
    """The way on: back to where they were, or to the start where nothing is answered yet, as in the application beside a wish for a meeting."""
    here = standing.here
    begun = here and any(not key.startswith(ASIDE) for key in here.draft.answers)
    return RESUME if begun else HOME


def in_letter(code: str) -> tuple[Words, ...]:
    """What a letter says to an address that nobody has confirmed, with the code that was made for it."""
    return (
        _("Your code is {code}. Write it into the chat in which you gave this address, within 24 hours.", code=code),
        _(
            "Then our letters to you also say what it is about. Have you not given this address? Then you need not do anything."
        ),
    )


def not_yet() -> tuple[Words, ...]:
    """What a later letter says to such an address."""
    return (
        _(
            "Our letters say no more until this address is confirmed: in the chat in which it was given, under “What I have sent”."
        ),
    )


def sent(address: str, case: int) -> Tell:
    """Says that a code was sent, and asks for it."""
    words = _(
        "I have sent a code of six digits to {address}. Write it here, and our letters also say what they are about. Until then they say only that there is something new.",
        address=address,
    )
    return _asking((words,), case)


def waits(addresses: Sequence[tuple[int, str]], on: Button) -> Tell:
    """Asks for a code that was sent earlier: the case for which, and the address to which."""
    if not addresses:
        words = _("No e-mail address waits to be confirmed.")
        return Tell((words,), title=TITLE, rows=((on,),))
    said = tuple(
        _(
            "Write the code here that was sent to {address}. Is it older than a day? Then have a new one sent.",
            address=one,
        )
        for one in dict.fromkeys(address for _case, address in addresses)
    )
    return _asking(said, addresses[0][0])


def wrong(case: int) -> Tell:
    """The code is not right."""
    words = _(
        "That is not the code of the latest letter. Please look once more: six digits. A code can be tried five times, and is good for a day."
    )
    return replace(_asking((words,), case), tone="trouble")


def over(case: int, on: Button) -> Tell:
    """The code is too old, or was tried too often."""
    words = _("That code is no longer good: it is older than a day, or was tried five times. Have a new one sent.")
    rows = ((Button(_("Send a new code"), f"newcode:{case}", weight="main"),), (on,))
    return Tell((words,), title=TITLE, rows=rows, tone="trouble")


def too_often(mailbox: str, on: Button) -> Tell:
    """So many codes were tried in an hour."""
    words = _("Those were many tries. Please wait an hour. If no letter comes, write to {mailbox}.", mailbox=mailbox)
    return Tell((words,), title=TITLE, rows=((on,),), tone="trouble")


def enough(address: str, mailbox: str, on: Button) -> Tell:
    """No further code goes to this address today."""
    words = _(
        "No more letters go to {address} today. What you have sent has arrived all the same. You can have a code sent tomorrow, or write to {mailbox}.",
        address=address,
        mailbox=mailbox,
    )
    return Tell((words,), title=TITLE, rows=((on,),), tone="trouble")


def confirmed(address: str, on: Button) -> Tell:
    """The code was right."""
    words = _("Thank you. Letters to {address} now also say what they are about.", address=address)
    return Tell((words,), title=TITLE, rows=((on,),), tone="good")


def _asking(words: tuple[Words, ...], case: int) -> Tell:
    rows: Rows = ((Button(_("Send a new code"), f"newcode:{case}"),), (Button(_("Not now"), "home", weight="quiet"),))
    return Tell(words, title=TITLE, rows=rows, fields=FIELDS, sends=SENDS)

"""Those who write a draft together: who they are, inviting somebody, taking somebody out who came later, and leaving."""

from dataclasses import replace

from dialogs.applicants import link_names, rooms
from dialogs.applicants.acts import EndLinks, Invite, Response, TakeOut
from dialogs.applicants.co_writer import CoWriter
from dialogs.applicants.where import Open, Standing
from dialogs.language.ids import number_in
from dialogs.language.replies import Button, Tell
from dialogs.language.words import Moment, Text, Words, _, n_

WHO = _("Who writes it")
ACTS = ("writers", "invite", "endlinks", "takeout", "takeout2")
"""Buttons about them; after the colon, the draft, and for taking somebody out, the person."""


def pressed(standing: Standing, act: str, rest: str) -> Response:
    """The response to one of their buttons. If what it is about is over, it shows where things stand."""
    id, _colon, person = rest.partition(":")
    one = _meant(standing, id)
    if one is None:
        return Response((rooms.home(standing),))
    if act == "invite":
        return Response(acts=(Invite(one.case, one.draft.id),))
    if act == "endlinks":
        return Response(acts=(EndLinks(one.case, one.draft.id),))
    later = next((other for other in later_than(standing, one) if str(other.person) == person), None)
    if act == "writers" or later is None:
        return Response((room(standing, one),))
    if act == "takeout":
        return Response((_sure(one, later),))
    return Response((_gone(one),), (TakeOut(one.case, later.person),))


def names_link(standing: Standing, act: str) -> Open | None:
    """The application for whose latest link this button asks a name; None for another button."""
    what, _colon, id = act.partition(":")
    return _meant(standing, id) if what == link_names.ASKS else None


def _meant(standing: Standing, draft: str) -> Open | None:
    """The application that is meant: the one named, or the one at hand where none is."""
    there = standing.applications()
    if draft:
        return next((one for one in there if one.draft.id == number_in(draft)), None)
    return next((one for one in there if one.draft.id == standing.at_hand), next(iter(there), None))


def later_than(standing: Standing, one: Open) -> tuple[CoWriter, ...]:
    """Those who came to write a draft later than this person, as far as it was noted when."""
    mine = next((writer.since for writer in one.writers if writer.person == standing.person), None)
    return tuple(writer for writer in one.writers if mine and writer.since and writer.since > mine)


def room(standing: Standing, one: Open) -> Tell:
    """Who writes a draft, with what can be done about it."""
    words: list[Text] = [rooms.written_by(one)]
    words += [_came(writer, writer.person == standing.person) for writer in one.writers]
    words.append(
        _("Everybody who writes it can read all of it, change it and send it. The city sees nothing until then.")
    )
    out = [
        (Button(_("Take out: {who}", who=_came(writer)), f"takeout:{one.draft.id}:{writer.person}", weight="grave"),)
        for writer in later_than(standing, one)
    ]
    invite = (Button(_("Invite somebody to write with you"), f"invite:{one.draft.id}"),)
    return Tell(
        tuple(words), title=_("Who writes “{draft}”", draft=rooms.name_of(one)), rows=(invite, *out, (rooms.RESUME,))
    )


def _came(writer: CoWriter, me: bool = False) -> Words:
    if writer.since is None:
        return _("You, from the beginning") if me else _("From the beginning")
    at = Moment(writer.since)
    if writer.link_for and not me:
        return _("Through the link for {name}, since {at}", name=writer.link_for, at=at)
    return _("You, since {at}", at=at) if me else _("Somebody, since {at}", at=at)


def _sure(one: Open, later: CoWriter) -> Tell:
    words = _(
        "Take them out who came in on {at}? They no longer see the draft, and are told so. What they wrote stays.",
        at=Moment(later.since) if later.since else "",
    )
    out = Button(_("Yes, take them out"), f"takeout2:{one.draft.id}:{later.person}", weight="grave", final=True)
    who = (_came(later),) if later.link_for else ()
    return Tell((*who, words), title=WHO, rows=((rooms.RESUME,), (out,)))


def _gone(one: Open) -> Tell:
    words = _("They are out, and have been told.")
    return Tell((words,), tone="good", rows=((Button(WHO, f"writers:{one.draft.id}"),), (rooms.RESUME,)))


def invitation(draft: int, doors: tuple[Text, ...]) -> Tell:
    """The links by which one person can come to write a draft, too; without any, why there is none."""
    end = (Button(_("End my links that nobody has used"), f"endlinks:{draft}"),)
    name = (replace(link_names.FOR, act=f"{link_names.ASKS}:{draft}"),)
    back = ((Button(_("One more link"), f"invite:{draft}"),), end, (Button(WHO, f"writers:{draft}"),), (rooms.RESUME,))
    if not doors:
        words = _("There are many links already that nobody has used. Use one of those, or wait until they end.")
        return Tell((words,), title=_("Write together"), tone="trouble", rows=back[1:])
    words = _("Send one of these to one person whom you trust. It works once, within 30 days:")
    more = _("They can read all of the draft, change it and send it. You are told when they have come in.")
    return Tell((words, *doors, more), title=_("Write together"), tone="good", rows=(name, *back))


def links_ended(draft: int, count: int) -> Tell:
    """That so many links of one's own, which nobody had used, lead nowhere any more."""
    said = n_(
        "{count} link that nobody had used does not work any more.",
        "{count} links that nobody had used do not work any more.",
        count=count,
    )
    words = said if count else _("You have no link that nobody has used.")
    return Tell((words,), tone="good", rows=((Button(WHO, f"writers:{draft}"),), (rooms.RESUME,)))


def came_in(draft: int, name: Text, many: int, link_for: str = "") -> Tell:
    """Tells the others that somebody has come in, and by the link for whom."""
    said = n_(
        "Somebody has come in by an invitation. “{draft}” is now written by {count} person.",
        "Somebody has come in by an invitation. “{draft}” is now written by {count} people.",
        draft=name,
        count=many,
    )
    who = (Button(WHO, f"writers:{draft}"),)
    said_of_it = (said, *link_names.came_by(link_for))
    return Tell(
        (*said_of_it, _("If nobody of you knows who it is, take them out.")), title=WHO, rows=(who,), lasting=True
    )


def went(name: Text) -> Tell:
    """Tells the others that somebody has left."""
    return Tell(
        (_("Somebody who wrote “{draft}” with you has left. Nothing of it is gone.", draft=name),), lasting=True
    )


def sent(name: Text, reference: str) -> Tell:
    """Tells the others that somebody has sent what they wrote together."""
    said = _(
        "Somebody who writes “{draft}” with you has sent it to the city. Its number is {reference}.",
        draft=name,
        reference=reference,
    )
    return Tell((said,), lasting=True, rows=((Button(_("What I have sent"), "status"),),))


def called_off(what: Words) -> Tell:
    """Tells the others that something small which they wrote together was called off."""
    return Tell(
        (_("{dialog}: somebody who writes with you has called it off. Nothing was sent.", dialog=what),), lasting=True
    )


def taken_out(name: Text) -> Tell:
    """Tells whoever was taken out."""
    said = _("You do not write “{draft}” any more: somebody who was there before you has taken you out.", draft=name)
    return Tell((said,), lasting=True, rows=((Button(_("What would you like to do?"), "home"),),))


def joined(name: Text) -> Tell:
    """What somebody reads who comes in by the invitation of another writer."""
    said = _("You now write “{draft}” together with whoever invited you.", draft=name)
    more = _("You can read all of it, change it and send it. The city sees nothing until one of you sends it.")
    return Tell((said, more), title=_("You are invited"), tone="good")

"""Who is asking and why: the information that a person gets before the first question (GDPR article 13)."""

from dialogs.applicants.recipients import Recipients
from dialogs.applicants.where import House
from dialogs.language.words import Words, _, n_

VERSION = "2027-01"
"""Changes whenever the meaning of the text changes; recorded with each acceptance."""
SWITCHBOARD = "040-34 10 00"
"""The telephone of the City of Malmö's contact centre, open to everybody."""
NEW = _("New: whose servers your data passes through, and what you can do if you have protected personal data.")
"""What this version says that the one before did not, for those who accepted that."""


def version(house: House) -> str:
    """The version of what is true of this installation: another one, too, when its settings send data elsewhere than before."""
    marks = house.recipients.marks
    return f"{VERSION}-{marks}" if marks else VERSION


def short() -> tuple[Words, ...]:
    """What everybody reads before the first question; the rest stands behind the button "About your data"."""
    return (
        _("The Technical Committee of the City of Malmö is responsible for your data."),
        _("The city cannot read your draft. You can delete it at any time."),
        _("What you send becomes a public document. Write nothing sensitive about others."),
    )


Part = tuple[Words, tuple[Words, ...]]
"""A heading with its paragraphs; short, for in a chat it is a message."""


def full(house: House) -> tuple[Part, ...]:
    """The full information, as it is true of this installation."""
    return (
        (_("Who is responsible for your data"), _controller(house.mailbox)),
        (_("Why the city needs your data"), _purpose()),
        (_("What is stored"), _stored(house.recipients)),
        (_("Who reads it"), _recipients()),
        *_elsewhere(house),
        *protected(house),
        (_("How long it is kept"), kept(house.draft_months)),
        (_("Your rights"), rights()),
    )


def _controller(mailbox: str) -> tuple[Words, ...]:
    return (
        _(
            "The Technical Committee (tekniska nämnden) of the City of Malmö, 205 80 Malmö, is responsible for your data (data controller)."
        ),
        _(
            "Write to {mailbox} to ask about your data, or to reach the city’s data protection officer.",
            mailbox=mailbox,
        ),
    )


def _purpose() -> tuple[Words, ...]:
    return (
        _("To receive your application, prepare it, decide on it and follow it up."),
        _("Legal basis: a task in the public interest and the exercise of public authority (GDPR article 6.1 e)."),
        _(
            "You do not have to give any data. For an answer, leave a contact or press “I have protected personal data”."
        ),
    )


def _stored(to: Recipients) -> tuple[Words, ...]:
    return (
        _("• your answers and files"),
        _("• your name, and the e-mail address or phone number that you give"),
        _("• your language"),
        _("• what the chat needs to reach you: in Telegram the number of the chat, on the web a cookie")
        if to.applicants_bot
        else _("• what the chat needs to reach you: a cookie"),
        _("No personal identity number and no organisation number is stored."),
    )


def _recipients() -> tuple[Words, ...]:
    return (
        _("Your draft: only you and those who write it with you."),
        _(
            "What you have sent: the contact persons, the registry, the Technical Committee, and other committees that your case concerns."
        ),
        _(
            "Others may ask to read what you have sent, because it is a public document. What is secret by law is not given out."
        ),
    )


def _elsewhere(house: House) -> tuple[Part, ...]:
    """Third countries and processors (article 13.1 e and f)."""
    to = house.recipients
    here = (_hosting(to, house.mailbox), *(_translation() if to.translation else ()))
    return (
        (_("Where your data goes"), here),
        *(_telegram(to) if to.applicants_bot or to.staff_bot else ()),
        *(((_("Letters"), _mail()),) if to.mail else ()),
    )


def _hosting(to: Recipients, mailbox: str) -> Words:
    if to.hosted_by:
        return _("The chat and what you send are kept on servers of {name}.", name=to.hosted_by)
    return _(
        "The chat and what you send are kept on servers that the city runs or hires. Ask at {mailbox} where they are.",
        mailbox=mailbox,
    )


def _telegram(to: Recipients) -> tuple[Part, ...]:
    writing = _(
        "If you write in Telegram, everything that you write and read there passes through Telegram’s servers and stays with Telegram."
    )
    company = _(
        "Telegram belongs to companies outside the EU and the EEA, in the United Arab Emirates and the British Virgin Islands. The EU has not decided that data is as safe there as here."
    )
    said: Part = (_("Telegram"), (writing, company) if to.applicants_bot else (company,))
    if not to.staff_bot:
        return (said,)
    number = _("Of a protected case they get only the number there.")
    told = _NOTICES if to.staff_bot == "notices" else _READING
    return said, (_("What the contact persons get in Telegram"), (told, number))


_NOTICES = _(
    "The contact persons get notices through Telegram, also when you write on the web: the number of your case, its area, what has "
    "happened, and how long it has waited. Not what you have written."
)
_READING = _(
    "The contact persons can read cases in Telegram. Then what you have sent passes through Telegram’s servers, with names and files, also when you write on the web."
)


def _mail() -> tuple[Words, ...]:
    return (
        _(
            "Letters go through the city’s mail server to the e-mail provider that you and the contact persons use. Yours may be outside the EU and the EEA."
        ),
        _(
            "Before you have confirmed your address with a code, a letter says only the number of your case. Of a protected case it never says more."
        ),
    )


def _translation() -> tuple[Words, ...]:
    return (
        _(
            "The contact person may let a program translate what you have written in your answers. That program is the city’s own. It gets nothing of a protected case."
        ),
    )


def protected(house: House) -> tuple[Part, ...]:
    """What somebody with protected personal data (skyddade personuppgifter) needs to know before they write here."""
    press = _(
        "You need not give your name, your address or your phone number. Press “I have protected personal data” where I ask whom the city should answer."
    )
    sees = _("From the moment your case arrives only administrators can open it, and contact persons whom they name.")
    return (_("If you have protected personal data"), (press, sees)), *not_protected(house)


def not_protected(house: House) -> tuple[Part, Part]:
    """What the city cannot keep from others by itself, and another way."""
    public = _(
        "What you send is registered and is a public document. When somebody asks for it, the city tries what is secret by law."
    )
    out = _("So leave out what shows who you are or where you live, also in files and photos.")
    return (_("What the protection does not change"), (public, out)), (_("If you would rather talk"), _talk(house))


def ring() -> Words:
    """Where to ring instead of writing."""
    return _(
        "You can ring the city instead: {phone}. Ask for the contact person for collaboration support. You need not say who you are.",
        phone=SWITCHBOARD,
    )


def _talk(house: House) -> tuple[Words, ...]:
    if not house.recipients.applicants_bot:
        return (ring(),)
    if not house.chat:
        return ring(), _("Telegram is not the place for this: Telegram sees your account and what you write.")
    away = _(
        "Telegram is not the place for this: Telegram sees your account and what you write. Write on the web: {link}",
        link=house.chat,
    )
    return ring(), away


def kept(months: int) -> tuple[Words, ...]:
    """How long the data is kept."""
    return (
        n_(
            "A draft is kept until you delete it, or until nobody has touched it for {count} month.",
            "A draft is kept until you delete it, or until nobody has touched it for {count} months.",
            count=months,
        ),
        _(
            "What you have sent is kept or disposed of as the Archives Act (arkivlagen) and the city’s plan for its documents (dokumenthanteringsplan) say."
        ),
    )


def rights() -> tuple[Words, ...]:
    """What a person can ask for."""
    return (
        _("You have the right to:"),
        _("• see your data and get a copy (“My data”)"),
        _("• have your data corrected"),
        _("• ask the city to restrict how your data is used"),
        _("• object to how your data is used"),
        _("• delete a draft"),
        _("• complain to the Swedish Authority for Privacy Protection (IMY, imy.se)"),
        _("What you have sent cannot be deleted, but you can withdraw it."),
    )

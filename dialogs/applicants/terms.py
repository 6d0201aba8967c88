"""Who is asking and why: the information that a person gets before the first question (GDPR article 13)."""

from dialogs.language.words import Words, _, n_

VERSION = "2026-12"
"""Changes whenever the meaning of the text changes; recorded with each acceptance."""


def short() -> tuple[Words, ...]:
    """What everybody reads before the first question; the rest stands behind the button "About your data"."""
    return (
        _("The Technical Committee of the City of Malmö is responsible for your data."),
        _("The city cannot read your draft. You can delete it at any time."),
        _("What you send becomes a public document. Write nothing sensitive about others."),
    )


def full(mailbox: str, months: int) -> tuple[tuple[Words, tuple[Words, ...]], ...]:
    """The full information: headings, each with its paragraphs. `months` is how long an untouched draft is kept."""
    return (
        (_("Who is responsible for your data"), _controller(mailbox)),
        (_("Why the city needs your data"), _purpose()),
        (_("What is stored"), _stored()),
        (_("Who reads it"), _recipients()),
        (_("Where your data goes"), _elsewhere()),
        (_("How long it is kept"), kept(months)),
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
            "You do not have to give any data. Without a name and a way to reach you the city cannot answer an application."
        ),
    )


def _stored() -> tuple[Words, ...]:
    return (
        _("• your answers and files"),
        _("• your name, and the e-mail address or phone number that you give"),
        _("• your language"),
        _("• what the chat needs to reach you: in Telegram the number of the chat, on the web a cookie"),
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


def _elsewhere() -> tuple[Words, ...]:
    """Third countries and processors (article 13.1 e and f)."""
    return (
        _(
            "In Telegram, your messages pass through Telegram’s own servers. They may be outside the EU and the EEA. On the web nothing goes there."
        ),
        _("The contact person may let a program translate what you have sent. That program is the city’s own."),
    )


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

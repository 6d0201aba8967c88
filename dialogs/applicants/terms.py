"""Who is asking and why: the information that a person gets before the first question (GDPR article 13)."""

from dialogs.language.words import Words, _, n_

VERSION = "2026-11"
"""Changes whenever the meaning of the text changes; recorded with each acceptance."""


def short() -> tuple[Words, ...]:
    """What everybody reads before the first question."""
    return (
        _(
            "Who asks: the City of Malmö, the Technical Committee (tekniska nämnden), is responsible for your data (data controller)."
        ),
        _("Why: so that the city can understand your proposal, answer you and decide."),
        _("Your draft is yours. Nobody at the city can read it before you send it, and you can delete it at any time."),
        _("What you send becomes a public document: others may ask to read it, and it is kept."),
        _("Please write nothing sensitive about other people, such as health, faith or crime."),
        _("Your rights, and how long things are kept: press “About your data”."),
    )


def full(mailbox: str, months: int) -> tuple[Words, ...]:
    """The full information. `months` is how long an untouched draft is kept."""
    return (
        _(
            "Data controller: Malmö stad, tekniska nämnden, 205 80 Malmö. You reach those who work with this, and through them the city’s data protection officer, at {mailbox}.",
            mailbox=mailbox,
        ),
        _(
            "Purpose: to receive, prepare and decide applications for collaboration support, and to follow them up. Legal basis: a task in the public interest "
            "and the exercise of public authority (GDPR article 6.1 e)."
        ),
        _(
            "What is stored: your answers and files, your name and the e-mail address or phone number that you give, your language, and what the chat needs to reach you: "
            "in Telegram the number of the chat, on the web a cookie. No personal identity number and no organisation number."
        ),
        _(
            "Who reads it: your draft, only you and those who write it with you. What you have sent: the contact persons at the property and streets department, the committee, "
            "and whoever asks for it as a public document, as far as secrecy law allows. In Telegram, messages also pass through Telegram’s own servers; on the web they do not."
        ),
        n_(
            "How long: a draft until you delete it, or until it has been left untouched for {count} month. What was sent is kept as the archive law and the city’s plan for its records say.",
            "How long: a draft until you delete it, or until it has been left untouched for {count} months. What was sent is kept as the archive law and the city’s plan for its records say.",
            count=months,
        ),
        _(
            "Your rights: to see and get a copy of your data (“My data”), to have it corrected, to delete a draft, to object, "
            "and to complain to the Swedish Authority for Privacy Protection (IMY, imy.se). "
            "What was sent cannot be deleted, only withdrawn."
        ),
        _(
            "You do not have to give any data. Without a name and a way to reach you the city cannot answer an application."
        ),
    )

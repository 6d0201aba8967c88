"""The accessibility statement, in the form that Swedish law asks for (lagen 2018:1937 om tillgänglighet till digital offentlig service; DIGG's model)."""

from dialogs.language.words import Words, _

ASSESSED = "2026-11-21"
"""The day of our own last check (ISO)."""


def statement(mailbox: str) -> tuple[tuple[Words, tuple[Words, ...]], ...]:
    """Headings, each with its paragraphs."""
    return (
        (
            _("What this is about"),
            (
                _(
                    "The City of Malmö is behind Samverkansguiden. We want as many people as possible to be able to use it. "
                    "This page says how it meets the law on the accessibility of digital public services (lagen om tillgänglighet till digital offentlig service), "
                    "which problems we know of, and how you can tell us of others."
                ),
            ),
        ),
        (
            _("How accessible it is"),
            (
                _(
                    "The web chat and its pages are partly compliant with the law (EN 301 549, which includes WCAG 2.1 level AA). What is not yet accessible stands below."
                ),
                _(
                    "You can do everything without a mouse, without scripts, on a small screen and at 400 per cent zoom. There is no time limit. "
                    "Where we ask for a place or a voice note, words do as well."
                ),
            ),
        ),
        (
            _("What is not yet accessible"),
            (
                _(
                    "Translations have not yet been reviewed by people whose language it is. Some wording may be hard to understand or read aloud wrongly."
                ),
                _(
                    "No one who uses a screen reader, magnification or voice control every day has tested it yet. Our own checks are automatic and by hand."
                ),
                _("Files that applicants have sent are kept as they are, and may not be accessible."),
                _(
                    "Telegram is another company’s service. If it does not work for you, the chat on the web can do the same."
                ),
            ),
        ),
        (
            _("Tell us if something does not work"),
            (
                _(
                    "If you cannot use something, write to {mailbox}. We answer, help you to send your application in another way, and mend what we can.",
                    mailbox=mailbox,
                ),
            ),
        ),
        (
            _("Supervision"),
            (
                _(
                    "The Agency for Digital Government (Myndigheten för digital förvaltning, DIGG) supervises the law. "
                    "If you are not satisfied with how we deal with what you told us, you can report it at digg.se/tdosanmalan."
                ),
            ),
        ),
        (
            _("How we checked"),
            (
                _(
                    "We have checked it ourselves. Each change is tested in a real browser with the rules of axe, in light and dark, "
                    "in languages from left to right and from right to left, and with the keyboard alone."
                ),
            ),
        ),
    )

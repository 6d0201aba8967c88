"""The model's own questions and answers (seed: modell-for-samverkansstod-2020-12, "Frågor och svar"), as a help menu."""

from dialogs.language.words import Words, _

QUESTIONS_AND_ANSWERS: tuple[tuple[Words, tuple[Words, ...]], ...] = (
    (
        _("Who assesses the applications?"),
        (
            _(
                "The contact person at the property and streets department, but it is the Technical Committee that decides who gets collaboration support."
            ),
        ),
    ),
    (
        _("How large can a collaboration be?"),
        (
            _(
                "It can be something limited in time, such as a summer street (Sommargator), but also longer processes that several actors run together, such as Citysamverkan."
            ),
        ),
    ),
    (
        _("How should the actors be organised?"),
        (
            _(
                "They may organise in the way that suits them, the idea and/or the area. The contact person can help with that if needed."
            ),
        ),
    ),
    (
        _("What if the City of Malmö wants to start a collaboration?"),
        (
            _(
                "The city, through the property and streets department, contacts actors, explores the need and fills in an application. "
                "The Technical Committee decides who gets collaboration support."
            ),
        ),
    ),
    (
        _("What else does the contact person do?"),
        (
            _(
                "Coordinates a network between the actors who drive the processes, so that they can exchange experience, and gives them a platform to use."
            ),
        ),
    ),
    (
        _("What is often misunderstood?"),
        (
            _(
                "That this model replaces programmes or collaborations that already exist. It is only for processes that concern what the Technical Committee is responsible for. "
                "Applications that concern other committees are sent on to those committees."
            ),
        ),
    ),
    (
        _("Is the city’s role the same every time?"),
        (_("Yes and no. The City of Malmö should support, but how much is assessed in each application."),),
    ),
    (
        _("How does this chat work?"),
        (
            _(
                "Answer with the buttons or in your own words, one question at a time. Everything is saved as you go. “Back” goes to the question before, and at the end you can change every answer. "
                "Nothing is sent to the city until you press “Yes, send now”."
            ),
            _(
                "Voice notes and photos are welcome where files are asked for. In Telegram you can also edit a message that you have sent: its answer is corrected."
            ),
        ),
    ),
)

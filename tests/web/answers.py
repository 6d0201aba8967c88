"""A ready group, out of public records as far as these go (TN minutes of 2023-04-25); the rest is test text."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Given:
    """What a question is answered with: the button, and what is written before."""

    act: str
    fields: dict[str, str | list[str]] = field(default_factory=dict)


def text(words: str) -> Given:
    return Given("done", {"text": words})


READY: dict[str, tuple[Given, ...]] = {
    "scope": (Given("yes"),),
    "mixed_group": (Given("met"),),
    "actors": (
        Given("add", {"new.name": "Trygg Malmö\nMade in Rosengård", "new.kind": "association"}),
        Given("done", {"new.name": "Husägarna (testtext)", "new.kind": "property_owner"}),
    ),
    "proposal": (text("Vi vill göra torget till en plats för alla. (testtext)"),),
    "established": (Given("met"),),
    "cooperation": (text("Föreningarna ordnar kvällsvandringar sedan 2019. (testtext)"),),
    "contribution": (Given("met"),),
    "contributes": (Given("done", {"ids": ["resources", "activities"], "words": "Lokal och tid. (testtext)"}),),
    "value": (Given("met"),),
    "added_value": (text("En tryggare plats än någon av oss når ensam. (testtext)"),),
    "evidence": (Given("partly"),),
    "needs": (Given("done", {"ids": ["residents"], "words": "Enkät med 120 svar. (testtext)"}),),
    "papers": (Given("skip"),),
    "democratic": (Given("met"),),
    "decisions": (text("Öppna stormöten varje månad. (testtext)"),),
    "area": (Given("done", {"words": "Rosengård", "bounds": "Amiralsgatan\nVon Rosens väg"}),),
    "challenges": (text("Otrygghet efter mörkrets inbrott. (testtext)"),),
    "opportunities": (text("Engagerade grannar. (testtext)"),),
    "confirmed": (Given("on"),),
    "more": (Given("done", {"ids": ["hopes"]}),),
    "hopes": (text("670 000 kr till dialog och aktiviteter."),),
    "contact": (Given("done", {"name": "Sara Ali", "email": "sara@example.se"}),),
    "speaks_for": (Given("a1"),),
}

NOT_READY: dict[str, tuple[Given, ...]] = {
    "scope": (Given("not_sure"),),
    **{
        key: (Given("not_yet"),)
        for key in ("mixed_group", "established", "contribution", "value", "evidence", "democratic")
    },
    "standing": (Given("meeting"),),
    "about": (text("Vi är tre grannar på Ystadsgatan som vill ha bänkar. Vi har inte frågat någon än. (testtext)"),),
    "share": (Given("yes"),),
    "contact": (Given("done", {"name": "Amal Haddad (testtext)", "phone": "070-174 06 35"}),),
}
"""Three neighbours on one street with an idea, and nobody asked yet: they ask for a first meeting, and let the draft go along."""

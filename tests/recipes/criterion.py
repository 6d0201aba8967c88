"""The recipe "A criterion": a seventh, with a question for those who meet it."""

from tests.recipes.question import FEW, READY
from tests.recipes.recipe import Line, Mistake, Recipe

CRITERIA = "dialogs/phases/initiation/criteria.py"
LISTED = "CRITERIA = (MIXED_GROUP, ESTABLISHED, CONTRIBUTION, VALUE, EVIDENCE, "
LASTING = """\
LASTING = Criterion(
    "lasting",
    _("Something that lasts"),
    wording=_("The proposal says how what is begun can live on when the support ends."),
    meaning=_("You know who goes on with it afterwards, and with what."),
    guidance=_("Others agreed early on who waters the plants in the third summer."),
    guideline=_("Look for somebody who answers for it afterwards."),
    questions=(Question("afterwards", _("Afterwards"), _("Who goes on with it when the support ends?"), FreeText()),),
)

"""
CRITERION = Recipe(
    "criterion",
    sources=1,
    lines=(Line(CRITERIA, LASTING, before=LISTED), Line(CRITERIA, "LASTING, ", after=LISTED)),
    words={
        "Something that lasts": "Något som består",
        "The proposal says how what is begun can live on when the support ends.": "Förslaget säger hur det som påbörjas kan leva vidare när stödet tar slut.",
        "You know who goes on with it afterwards, and with what.": "Ni vet vem som fortsätter sedan, och med vad.",
        "Others agreed early on who waters the plants in the third summer.": "Andra kom tidigt överens om vem som vattnar den tredje sommaren.",
        "Look for somebody who answers for it afterwards.": "Se efter om någon ansvarar för det sedan.",
        "Afterwards": "Efteråt",
        "Who goes on with it when the support ends?": "Vem fortsätter när stödet tar slut?",
    },
    golden=(READY,),
    tests=("tests/recipes/proofs/criterion.py",),
    more=(FEW,),
    mistakes={
        "a text left out": Mistake(
            CRITERIA,
            LASTING,
            LASTING.replace('    guideline=_("Look for somebody who answers for it afterwards."),\n', ""),
            "missing 1 required positional argument: 'guideline'",
        ),
        "the key of another question": Mistake(
            CRITERIA,
            '    "lasting",\n',
            '    "scope",\n',
            "application: 'scope' stands twice: then kind must be the same, and both need a condition",
        ),
    },
)

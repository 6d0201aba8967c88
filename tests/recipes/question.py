"""The recipe "A question": one that everybody is asked, and one that follows from its answer."""

from tests.recipes.recipe import Line, Mistake, Recipe

APPLICATION = "dialogs/phases/initiation/application.py"
OPPORTUNITIES = """\
        CHALLENGES,
        OPPORTUNITIES,
"""
ASKED = """\
        Question(
            "season",
            _("The time of year"),
            _("When in the year is the place used most?"),
            OneChoice((Option("all_year", _("All year round")), Option("warm", _("While it is warm")))),
        ),
        Question(
            "winter",
            _("In winter"),
            _("What happens there in winter?"),
            FreeText(),
            when=is_("season", "all_year"),
        ),
"""
READY = "tests/transcripts/test_transcripts.py::test_is_said_like_this[ready]"
FEW = "tests/transcripts/test_transcripts.py::test_a_ready_group_needs_few_messages"
QUESTION = Recipe(
    "question",
    sources=1,
    lines=(Line(APPLICATION, ASKED, after=OPPORTUNITIES),),
    words={
        "The time of year": "Tid på året",
        "When in the year is the place used most?": "När på året används platsen mest?",
        "All year round": "Året runt",
        "While it is warm": "När det är varmt",
        "In winter": "På vintern",
        "What happens there in winter?": "Vad händer där på vintern?",
    },
    golden=(READY,),
    tests=("tests/recipes/proofs/question.py",),
    more=(FEW,),
    mistakes={
        "a condition on a question that is not there": Mistake(
            APPLICATION,
            ASKED,
            ASKED.replace('is_("season"', 'is_("saeson"'),
            "looks at 'saeson', which does not stand before it",
        ),
        "a condition on an answer that its question does not have": Mistake(
            APPLICATION,
            ASKED,
            ASKED.replace('"season", "all_year"', '"season", "always"'),
            "waits for ['always'] of 'season', whose options are ['all_year', 'warm']",
        ),
    },
)

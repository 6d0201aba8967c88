"""Each recipe of the README is carried out in a copy of the tree, word by word, and the tests that it touches are run there.

In `make test` all of them in one copy, in `make test-all` each in a copy of its own as well.
"""

import re
from pathlib import Path

import pytest

from tests.recipes.channel import CHANNEL
from tests.recipes.criterion import CRITERION
from tests.recipes.kind import KIND
from tests.recipes.language import LANGUAGE
from tests.recipes.phase import PHASE
from tests.recipes.question import QUESTION
from tests.recipes.recipe import Recipe
from tests.recipes.scratch import PROGRAM, Scratch
from tests.recipes.step import STEP
from tests.spread import WHOLE

RECIPES = (QUESTION, CRITERION, KIND, STEP, PHASE, LANGUAGE, CHANNEL)
CHECKS = (
    ("-m", "locales.check", "--whole"),
    ("-m", "ruff", "check", "--quiet", *PROGRAM),
    ("-m", "ruff", "format", "--check", "--quiet", *PROGRAM),
    ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
)
"""What `make check` asks of every change, but for the types, and the words: what a recipe says is translated with made-up letters."""
LAWS = tuple(f"tests/laws/test_{law}.py" for law in ("house", "mirror", "names", "circles"))
MISTAKES = {f"{recipe.name}: {said}": (recipe, one) for recipe in RECIPES for said, one in recipe.mistakes.items()}
AT_THE_START = [name for name, (_recipe, mistake) in MISTAKES.items() if not mistake.law]


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    """A copy of the tree."""
    return Scratch(tmp_path / "copy")


def carry_out(scratch: Scratch, *recipes: Recipe) -> None:
    """Carry these out, and translate what they say."""
    for recipe in recipes:
        before = scratch.sources()
        recipe.carry_out(scratch)
        touched = {path for path, text in scratch.sources().items() if before.get(path) != text}
        assert len(touched) == recipe.sources, f"{recipe.name}: {sorted(touched)}"
    words = {id: said for recipe in recipes for id, said in recipe.words.items()}
    if words:
        scratch.translates(words)
    for check in CHECKS:
        checked = scratch.python(*check)
        assert checked.returncode == 0, checked.stdout


def proven(scratch: Scratch, *recipes: Recipe) -> None:
    """Run the tests that these touch. AssertionError with the recipes that do not do what they say, and what was said."""
    runs = [(*(one for recipe in recipes for one in recipe.tests), *LAWS)]
    if len(recipes) == 1:
        (only,) = recipes
        runs = [*([("--update", *only.golden)] if only.golden else []), (*runs[0], *only.more)]
    for tests in runs:
        done = scratch.tests(*tests)
        failed = set(re.findall(r"^(?:FAILED|ERROR) (\S+?)(?:::\S+)?(?: - .*)?$", done.stdout, re.MULTILINE))
        whose = [recipe.name for recipe in recipes if {one.partition("::")[0] for one in recipe.tests} & failed]
        assert done.returncode == 0, f"the recipe of a {' or a '.join(whose) or 'part'} does not work:\n{done.stdout}"


def test_all_in_one_copy(scratch: Scratch) -> None:
    carry_out(scratch, *RECIPES)
    proven(scratch, *RECIPES)


@pytest.mark.skipif(not WHOLE, reason="each singly: make test-all")
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_each_in_a_copy_of_its_own(scratch: Scratch, recipe: Recipe) -> None:
    carry_out(scratch, recipe)
    proven(scratch, recipe)


@pytest.mark.parametrize("name", AT_THE_START)
def test_what_is_forgotten_or_misspelt_is_named_at_the_start(tmp_path: Path, name: str) -> None:
    recipe, mistake = MISTAKES[name]
    scratch = Scratch(tmp_path / "copy", "dialogs", "bot")
    recipe.carry_out(scratch)
    mistake.make(scratch)
    done = scratch.python("-c", "import dialogs.phases.steps, dialogs.language.channels")
    assert done.returncode != 0, "nobody noticed"
    assert mistake.named in done.stdout, done.stdout


def test_what_is_forgotten_is_named_by_a_law(scratch: Scratch) -> None:
    forgotten = [pair for name, pair in MISTAKES.items() if name not in AT_THE_START]
    for recipe in {recipe.name: recipe for recipe, _mistake in forgotten}.values():
        recipe.carry_out(scratch)
    for _recipe, mistake in forgotten:
        mistake.make(scratch)
    done = scratch.tests(*(mistake.law for _recipe, mistake in forgotten))
    assert [mistake.named for _recipe, mistake in forgotten if mistake.named not in done.stdout] == [], done.stdout

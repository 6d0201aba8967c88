"""A recipe of the README as somebody carries it out: the files it adds, the lines it puts into others, and the mistakes that are named."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.recipes.scratch import Scratch


@dataclass(frozen=True)
class Line:
    """Lines that are put into a file that is there, before or after a piece of it that stands there once."""

    path: str
    text: str
    after: str = ""
    before: str = ""


@dataclass(frozen=True)
class Mistake:
    """What somebody forgets or misspells: in the file `path`, `wrong` stands instead of `right`, and `named` is what they are told.

    The program does not start with it; where a `law` is named, a test, it is that which fails.
    """

    path: str
    right: str
    wrong: str
    named: str
    law: str = ""

    def make(self, scratch: Scratch) -> None:
        """Make it in a copy in which the recipe is carried out. A file with nothing in it is not there."""
        scratch.replace(self.path, self.right, self.wrong)
        if not scratch.read(self.path):
            (scratch.root / self.path).unlink()


@dataclass(frozen=True)
class Recipe:
    """One recipe. `sources` is how many files of the program it touches: what the README promises."""

    name: str
    sources: int
    files: dict[str, str] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    words: dict[str, str] = field(default_factory=dict)
    """Its new sentences, with their Swedish."""
    golden: tuple[str, ...] = ()
    """The tests whose golden conversations it changes: where it is carried out singly, they are run with `--update` first."""
    tests: tuple[str, ...] = ()
    """The tests that it touches, and those that prove it."""
    more: tuple[str, ...] = ()
    """What is run as well where it is carried out singly: it takes longer."""
    mistakes: dict[str, Mistake] = field(default_factory=dict)
    also: Callable[[Scratch], None] = lambda _scratch: None
    """What is to be done beside adding files and lines."""

    def carry_out(self, scratch: Scratch) -> None:
        """Do in a copy what the README says, word by word."""
        for path, text in self.files.items():
            scratch.add(path, text)
        for line in self.lines:
            scratch.insert(line.path, line.text, before=line.before, after=line.after)
        self.also(scratch)

    @property
    def touched(self) -> set[str]:
        """The files of the program that it adds or changes."""
        return {path for path in (*self.files, *(line.path for line in self.lines)) if not path.startswith("locales/")}

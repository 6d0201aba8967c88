"""A form that was refused holds what was sent in it, whatever kinds its fields are of."""

import pytest

from bot.web.pages.posted import as_posted
from dialogs.language.replies import Choice, Field
from dialogs.language.words import _

YES = (Choice("yes", _("Yes")),)
WORDS = Field("words", "lines", _("A note"), ("Stored.",))
FILES = Field("files", "files", _("Choose files"))
KIM = Field("a1.name", "line", _("Name"), ("Kim",), group="Kim")
FLAG = Field("a1.flag", "choices", "", ("yes",), YES, group="Kim")
NEW = (Field("new.name", "lines", _("Names, one a line")), Field("new.kind", "choice", _("Kind of actor"), (), YES))


def values(posted: dict[str, tuple[str, ...]], *fields: Field) -> dict[str, tuple[str, ...]]:
    return {field.name: field.value for field in as_posted(fields, posted)}


def test_what_was_written_stands_there_again_and_what_was_cleared_is_clear() -> None:
    assert values({"words": ("Written.",)}, WORDS) == {"words": ("Written.",)}
    assert values({}, WORDS) == {"words": ()}


def test_files_are_as_they_are_stored() -> None:
    assert values({"files": ("plan.pdf",)}, FILES) == {"files": ()}


def test_a_thing_that_the_form_had_is_as_it_was_sent() -> None:
    assert values({"a1.name": ("Kim Berg",)}, KIM, FLAG) == {"a1.name": ("Kim Berg",), "a1.flag": ()}


@pytest.mark.parametrize(("written", "left"), [("Kim\n", ()), ("Kim\nBo", ("Kim\nBo",))])
def test_names_that_have_become_things_are_not_written_a_second_time(written: str, left: tuple[str, ...]) -> None:
    """The thing is as it is stored, because the form that was sent did not have it yet."""
    shown = values({"new.name": (written,), "new.kind": ("yes",)}, KIM, FLAG, *NEW)
    assert shown["new.name"] == left
    assert (shown["a1.name"], shown["a1.flag"]) == (("Kim",), ("yes",))

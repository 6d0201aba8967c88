"""The groups in which the desk offers what can be done in a case: where people look for it."""

from dataclasses import dataclass

from dialogs.language.words import Words, _


@dataclass(frozen=True, slots=True)
class Group:
    """A group, and its place among the others, lowest first."""

    label: Words
    rank: int


APPLICANTS = Group(_("The applicants"), 10)
ASSESSMENT = Group(_("Assessment"), 20)
ELSEWHERE = Group(_("Other committees"), 30)
COMMITTEE = Group(_("The Technical Committee"), 40)
CASE = Group(_("The case"), 50)

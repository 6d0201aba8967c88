"""Check: each language has its own quotation marks, in pairs, and no others; in its catalog and on the web."""

import re
from collections.abc import Iterator
from pathlib import Path

ENGLISH = "“", "”"
QUOTES = {
    **dict.fromkeys(("sv", "sv@easy", "fi", "da"), ("”", "”")),
    **dict.fromkeys(("bs", "pl", "ro"), ("„", "”")),
    **dict.fromkeys(("en", "so", "sq", "tr"), ENGLISH),
    **dict.fromkeys(("ar", "ckb", "es", "fa", "uk"), ("«", "»")),
}
"""What opens and what closes a quotation. A language that is not named is not checked."""
ANY = "\"'“”„‟«»‹›‘‚"
"""Every mark that could be one. ’ is an apostrophe as well, in four of the languages."""
APOSTROPHE = re.compile(r"(?<![\w}])’(?=\w)")
"""An apostrophe that opens a word: a quotation mark."""
APART = re.compile(r"[«„“]\s|\s»")
"""A mark with a space inside it; a line could end there."""
RULE = re.compile(r"^(.+?) \{ quotes: \"(.)\" \"(.)\"", re.MULTILINE)
SWEDISH = ("sv",)
"""What a rule for neither all nor some languages quotes: the city's model, which stands in Swedish whatever the page is in."""
LANGUAGE = re.compile(r":lang\((\w+)\)")


def faults(text: str, code: str) -> Iterator[str]:
    """What is wrong with the quotation marks of a text."""
    if code not in QUOTES:
        return
    first, last = QUOTES[code]
    stands = "".join(letter for letter in text if letter in ANY)
    others = sorted(set(stands) - {first, last})
    if others:
        yield f"quotation marks: {''.join(others)} beside {first}…{last}: {text!r}"
    elif stands != (first + last) * (len(stands) // 2):
        yield f"quotation marks: not in pairs: {text!r}"
    if APOSTROPHE.search(text):
        yield f"quotation marks: ’ before a word is not {first}: {text!r}"
    if first != last and APART.search(text):
        yield f"quotation marks: a space inside them: {text!r}"


def on_the_web(style: str) -> Iterator[str]:
    """Each language whose marks on the web are not those of its catalog, by what the style sheet says of all, of some, or of the city's model."""
    found = dict[str, tuple[str, str]]()
    for selector, first, last in RULE.findall(style):
        named = {*QUOTES} if selector == ":root" else {*(LANGUAGE.findall(selector) or SWEDISH)}
        found |= {code: (first, last) for code in QUOTES if code.partition("@")[0] in named}
    for code, marks in found.items():
        if marks != QUOTES[code]:
            yield f"{code}: quotation marks: {'…'.join(marks)} in style.css, {'…'.join(QUOTES[code])} in the catalog"


SPOKEN = re.compile(r"\{\{.*?\}\}", re.DOTALL)
"""What a template says is a message, and looked at in each catalog."""


def in_templates(folder: Path) -> Iterator[str]:
    """Each template that has marks of its own: what is quoted there is quoted in every language."""
    for path in sorted(folder.glob("**/*.html")):
        marks = set(SPOKEN.sub("", path.read_text(encoding="utf-8"))) & set(ANY) - set("\"'")
        if marks:
            yield f"quotation marks: {''.join(sorted(marks))} in {path.name}, for every language alike"

"""Check: the days of a language: twelve months, no second full stop behind a day that ends in one."""

import ast
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

from bot.speech.catalog_file import about
from bot.speech.catalogs import day_in_words
from dialogs.kinds.day import STOCKHOLM

ROOT = Path(__file__).parent.parent
ALWAYS = {"day", "date", "since", "until"}
"""Places that hold a day in every message; {at} is a day in some, and has a time in the others."""
OWN_MONTHS = {"ar": "نيسان", "fa": "اپریل", "ckb": "کانوونی\u00a0یەکەم"}
"""Languages whose readers in Malmö call the months otherwise than CLDR does, and a name that CLDR does not have: it has to stand in one of the twelve."""


def faults(text: str, key: str, days: tuple[str, ...]) -> Iterator[str]:
    """Each place of a text where one of `days`, as they are written in its language, would be followed by a second full stop."""
    places = (ALWAYS | with_days().get(key, set())) & set(re.findall(r"\{(\w+)\}", text))
    for place in sorted(places):
        said = next((said for one in days if ".." in (said := text.replace(f"{{{place}}}", one))), "")
        if said:
            yield f"full stop: two of them: {said!r}"


@cache
def written(code: str, folder: Path) -> tuple[str, ...]:
    """The eighth of each month of a year, as a language whose catalog is in a folder writes it in a sentence."""
    head = about(code, folder)
    return tuple(day_in_words(datetime(2026, month, 8, 12, tzinfo=STOCKHOLM), code, head) for month in range(1, 13))


def of_the_year(code: str, folder: Path) -> Iterator[str]:
    """What is wrong with the months of a language, as the head of its catalog in a folder names them."""
    said = about(code, folder).get("Months", "")
    names = said.split(" ") if said else []
    if (names or code in OWN_MONTHS) and len(set(names)) != 12:
        yield f"months: # X-Months names {len(set(names))} of 12; its readers call them otherwise than CLDR"
    if (own := OWN_MONTHS.get(code, "")) not in said:
        yield f"months: {own!r} is in none of them: # X-Months has the names of CLDR, which its readers do not use alone"
    for name, day in zip(names, written(code, folder), strict=False):
        if name not in day:
            yield f"months: {name} is not in {day!r}: is there a # X-Date with MMMM?"


@cache
def with_days() -> dict[str, set[str]]:
    """The places of each key that hold a day without a time, as the source fills them: at=Moment(…, "date")."""
    found = dict[str, set[str]]()
    for path in (*ROOT.glob("dialogs/**/*.py"), *ROOT.glob("bot/**/*.py")):
        for scope in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
                for key, place in _filled(scope):
                    found.setdefault(key, set()).add(place)
    return found


def _filled(function: ast.AST) -> Iterator[tuple[str, str]]:
    nodes = tuple(ast.walk(function))
    names = {
        target.id
        for node in nodes
        if isinstance(node, ast.Assign) and _is_day(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in nodes:
        match node:
            case ast.Call(func=ast.Name(id="_" | "n_"), args=[*ids], keywords=keywords):
                key = "\n".join(
                    one.value for one in ids if isinstance(one, ast.Constant) and isinstance(one.value, str)
                )
                for one in keywords:
                    by_name = isinstance(one.value, ast.Name) and one.value.id in names
                    if one.arg and (by_name or _is_day(one.value)):
                        yield key, one.arg


def _is_day(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="Moment"), args=[_, ast.Constant(value="date")]):
            return True
        case ast.Call(func=ast.Name(id="in_words")):
            return True
    return False

"""The city as its two files describe it: bot/data/committees.toml and bot/data/districts.toml."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from dialogs.case.city import City, Committee, District

DATA = Path(__file__).parents[1] / "data"


class _File(BaseModel):
    """What each file says of itself: its source, the day it was last reviewed, and how certain it is."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, str_min_length=1)

    source: str
    date: date
    note: str


class _Committees(_File):
    committees: tuple[Committee, ...]


class _Districts(_File):
    districts: tuple[District, ...]


Kind = TypeVar("Kind", bound=_File)


@cache
def city(folder: Path = DATA) -> City:
    """The committees and districts. ValueError when a file is not right, with its name and every problem in it."""
    committees = _read(folder / "committees.toml", _Committees).committees
    districts = _read(folder / "districts.toml", _Districts).districts
    try:
        return City(committees, districts)
    except ValueError as error:
        raise ValueError(f"{folder}: committees.toml or districts.toml is not right: {error}") from None


def _read(path: Path, kind: type[Kind]) -> Kind:
    try:
        return kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise ValueError(f"{path} is not right: {wrong}") from None
    except ValueError as error:
        raise ValueError(f"{path} is not right: {error}") from None

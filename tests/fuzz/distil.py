"""Distils the Bot API's machine-readable specification to what an update may hold: `python -m tests.fuzz.distil api.json additions.json`.

The first file is api.json of github.com/PaulSonOfLars/telegram-bot-api-spec, every further one holds additions in the same shape.
"""

import json
import sys
from pathlib import Path
from typing import Any

KEPT = Path(__file__).parent / "updates.json"
SOURCE = (
    "Distilled from github.com/PaulSonOfLars/telegram-bot-api-spec (Bot API 10.1; MIT, Copyright (c) 2020 Paul Larsen) and, "
    "for what Bot API 10.2 and 10.3 added, from npm @grammyjs/types 5.0.0 (MIT, Copyright (c) 2021-2024 KnorpelSenf): names and types only."
)
LICENCE = (
    "Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "
    '"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, '
    "distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the "
    "following conditions: The above copyright notice and this permission notice shall be included in all copies or substantial portions of the "
    'Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF '
    "MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY "
    "CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE "
    "SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."
)
Types = dict[str, Any]


def merged(*specifications: Types) -> Types:
    """Each type: its fields (name -> [types, whether it is required]), or the list of the types it is one of."""
    found: Types = {}
    for specification in specifications:
        for name, type in specification["types"].items():
            if type.get("subtypes"):
                found[name] = sorted({*found.get(name, ()), *type["subtypes"]})
                continue
            fields = {one["name"]: [one["types"], one["required"]] for one in type.get("fields") or ()}
            found[name] = found.get(name, {}) | fields
    return found


def reached(types: Types, start: str) -> Types:
    """The types that can be met below `start`."""
    found: Types = {}
    to_do = [start]
    while to_do:
        name = to_do.pop().removeprefix("Array of ").removeprefix("Array of ")
        if name in found or name not in types:
            continue
        found[name] = types[name]
        to_do += (
            types[name]
            if isinstance(types[name], list)
            else [one for field in types[name].values() for one in field[0]]
        )
    return dict(sorted(found.items()))


def main(*paths: str) -> None:
    """Write updates.json anew."""
    types = reached(merged(*(json.loads(Path(path).read_text(encoding="utf-8")) for path in paths)), "Update")
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(type)}" for name, type in types.items())
    KEPT.write_text(
        f'{{"source": {json.dumps(SOURCE)},\n"licence": {json.dumps(LICENCE)},\n"types": {{\n{lines}\n}}}}\n',
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(*sys.argv[1:])

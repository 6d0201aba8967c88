"""Runs many command lines in this one process, as `python -m bot` would each: `python -m tests.fuzz.run_commands` reads them as JSON, and says how
each ended.
"""

import contextlib
import io
import json
import os
import sys
import traceback

from bot.__main__ import main


def ended(arguments: list[str]) -> tuple[int, str]:
    """The exit status (-1 for an error that nobody handled) and what was said."""
    sys.argv = ["bot", *arguments]
    said = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)  # as strict as a terminal
    status = 0
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main()
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
            if isinstance(stop.code, str):
                print(stop.code.encode(errors="backslashreplace").decode())
        except Exception:
            status = -1
            said.write(traceback.format_exc().encode(errors="backslashreplace").decode())
    return status, said.buffer.getvalue().decode(errors="replace")


def _main() -> None:
    lines: list[list[str]] = json.load(sys.stdin)
    sys.stdin = io.StringIO("")
    results = [ended(line) for line in lines]
    os.write(1, json.dumps(results).encode())


if __name__ == "__main__":
    _main()

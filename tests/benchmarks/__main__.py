"""The whole laboratory: python -m tests.benchmarks [--short] [part …]. Measures every part, or those that are named, and writes docs/performance.md
from the latest of each.
"""

import argparse

from tests.benchmarks import page
from tests.benchmarks.last_measured import keep
from tests.benchmarks.parts import COMPARED, PARTS, SHORT, Length


def main() -> None:
    """One part after the other; the page is written after each."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="part", help=f"of: {', '.join(PARTS | COMPARED)}, or page for the page alone"
    )
    parser.add_argument("--short", action="store_true", help="enough to see that everything works")
    arguments = parser.parse_args()
    for name in arguments.parts or PARTS:
        if name != "page":
            print(f"\n{name}", flush=True)
            keep(name, (PARTS | COMPARED)[name](SHORT if arguments.short else Length()))
        if name not in COMPARED:
            page.write()


if __name__ == "__main__":
    main()

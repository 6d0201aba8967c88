"""The load laboratory: whole interviews of many people through the webhook, ours beside what others would use.

python -m tests.benchmarks.load --quick [--only echo,ours-sqlite] [--delay 1000] prints the ratios of a few contenders in a minute or two.
"""

import argparse

from tests.benchmarks.entries import KNOWN, entries
from tests.benchmarks.grounds import Grounds
from tests.benchmarks.rounds import measure, table

QUICK = "echo,ours-sqlite,ours-postgres"


def main() -> None:
    """Rounds of the contenders that were asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.load", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="what there is now")
    parser.add_argument(
        "--only", default=QUICK, help=f"names with commas between them, of: {', '.join(KNOWN)}, sqlite-N, postgres-N"
    )
    parser.add_argument("--floor", default="echo", help="what the ratios are to")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each contender in each round")
    parser.add_argument("--delay", type=int, default=0, help="microseconds that each flush takes more")
    arguments = parser.parse_args()
    grounds = Grounds(arguments.delay)
    try:
        chosen = entries(arguments.only.split(","), grounds)
        print(table(measure(chosen, arguments.rounds, arguments.seconds), arguments.floor))
    finally:
        grounds.close()


if __name__ == "__main__":
    main()

"""How the program is watched and held back: logs, metrics, loops, the clock, and limits on how much is done at a time."""

"""What every part says of its work, and how much of it at a time: logs, metrics, limits of rate."""

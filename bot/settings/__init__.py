"""What everything else stands on: settings, keys, the clock, the city."""

"""The ground: settings, keys, the clock, the city."""

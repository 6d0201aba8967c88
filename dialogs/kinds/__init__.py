"""Kinds of answers, one per file. A kind reads an event into a JSON value, accepts a stored value, shows it, and offers ways to answer."""

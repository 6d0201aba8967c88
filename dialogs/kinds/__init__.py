"""Kinds of answers, one a file. A kind reads an event into a JSON value, accepts a stored one, shows it, offers ways."""

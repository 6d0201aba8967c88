"""A channel of the tests own: letters by telephone, without buttons, edits or files, whose messages have names instead of numbers."""

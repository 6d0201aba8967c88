"""The outbox: what is still to be said, to whom, and who is at it."""

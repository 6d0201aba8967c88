"""The outbox: what is still to be sent, to whom, and who is sending it."""

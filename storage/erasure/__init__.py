"""Forgetting: what is deleted when, what somebody may take along, and the register of both."""

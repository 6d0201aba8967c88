"""E-mail: outgoing only."""

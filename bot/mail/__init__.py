"""E-mail: out only."""

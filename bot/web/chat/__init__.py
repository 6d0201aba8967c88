"""The applicants’ chat on the web."""

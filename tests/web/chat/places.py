"""Where somebody stands in the chat, and the pages that are opened there."""

READING = ("/help", "/privacy", "/accessibility", "/my-data", "/link", "/sessions", "/leave", "/left", "/nothing")
STOPS = ("mixed_group", "actors", "area")
"""A criterion, a list with a form for each entry, a place: every part that a question is made of."""
FIRST, LAST = "", "receipt"
PAGES = (
    (FIRST, "/"),
    *((stop, "/") for stop in (*STOPS, "review")),
    *((LAST, path) for path in ("/", *READING)),
)
"""Where somebody stands, before anything is accepted, at a question, and so on, and what is opened there."""

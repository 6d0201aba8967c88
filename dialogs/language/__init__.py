"""Words, events and replies: what is said, and what people do."""

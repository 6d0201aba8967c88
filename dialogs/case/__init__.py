"""A case: what every phase shares, who may do what, and how its events make it what it is."""

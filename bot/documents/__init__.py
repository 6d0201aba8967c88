"""Files made for people to take away: a person's own data, receipts, packages, the overview, calendar files."""

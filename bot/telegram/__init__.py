"""What both bots share, as plain Bot API data."""

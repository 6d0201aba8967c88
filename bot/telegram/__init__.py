"""The two Telegram bots, in terms of plain Bot API data."""

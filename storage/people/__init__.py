"""People and contact persons, and the addresses at which they are reached."""

"""The contact persons’ desk on the web."""

"""The database itself: connections, tables, types."""

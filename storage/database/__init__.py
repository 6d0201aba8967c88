"""The database itself: connections, tables and types."""

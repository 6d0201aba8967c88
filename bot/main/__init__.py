"""The program: its commands, its server, its health, backup and restore."""

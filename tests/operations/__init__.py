"""The program as whoever runs it meets it: logs, health, metrics, alarms, backups, deploys."""

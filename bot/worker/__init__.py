"""What happens by itself: delivery, reminders, due dates, the digest, deletion, alarms."""

"""What is kept. The only place with SQLAlchemy; it may import dialogs, and nothing of bot."""

"""Everything that is stored. The only package that uses SQLAlchemy; it may import dialogs, but nothing from bot."""

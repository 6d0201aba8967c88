"""The running program. It may import storage and dialogs; neither imports it."""

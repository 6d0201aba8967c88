"""Files: the stores that keep them by content, files on their way in, and how much room they take."""

"""Files: by content, on their way in, and how much room they take."""

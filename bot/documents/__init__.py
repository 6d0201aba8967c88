"""What is made to be taken away: one's own data as a file."""

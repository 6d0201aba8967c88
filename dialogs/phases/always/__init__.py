"""What can happen in any phase."""

"""What is said, and in what order. Law: no I/O here, no clock, no randomness, no logging, no framework."""

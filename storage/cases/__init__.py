"""Cases: their events, drafts and submissions, and the queue."""

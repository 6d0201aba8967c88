"""Cases: their events, drafts, submissions, the queue."""

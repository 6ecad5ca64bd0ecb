"""What changes about an outreach: it opens and closes by itself, and people work on it."""

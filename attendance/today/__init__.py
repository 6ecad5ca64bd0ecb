"""Today: my room now, who is missing, what I owe."""

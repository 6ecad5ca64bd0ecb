"""Planning: which messages are due, to whom and when; and what has changed since they went."""

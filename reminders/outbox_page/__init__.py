"""The outbox: what went out, is on its way, or could not go, a day at a time."""

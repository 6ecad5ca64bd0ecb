"""A record opened in an emergency: for a reason, for an hour, and reviewed."""

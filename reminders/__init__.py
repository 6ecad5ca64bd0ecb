"""Messages that are due."""

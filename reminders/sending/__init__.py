"""Sending: a due row is claimed, looked at once more, handed over, and its outcome recorded."""

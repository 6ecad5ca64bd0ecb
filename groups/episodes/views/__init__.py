"""The doorways to an episode."""

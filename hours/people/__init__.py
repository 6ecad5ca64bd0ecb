"""People, and one participant."""

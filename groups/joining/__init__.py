"""Who is in a group: joining, moving, ending, and waiting for a seat."""

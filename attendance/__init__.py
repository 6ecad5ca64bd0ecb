"""Who came, and when they came and left."""

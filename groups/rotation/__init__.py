"""In which order a group goes through its lessons, and what sessions get of it."""

"""The pages on which a group's lessons are planned."""

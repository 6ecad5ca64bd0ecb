"""What changes about who is in a group and who waits for it."""

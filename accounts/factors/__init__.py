"""The second factor: what one has beside the password, and that one has it."""

"""The attendance sheet of one session."""

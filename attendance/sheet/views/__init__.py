"""The attendance sheet in the browser."""

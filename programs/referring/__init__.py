"""The way to a program: the first call, the waiting list, and what became of it."""

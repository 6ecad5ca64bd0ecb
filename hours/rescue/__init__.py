"""Rescue: the make-up seats that still save a week, for one person and for a program."""

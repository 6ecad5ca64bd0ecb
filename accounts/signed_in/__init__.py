"""Staying signed in: where, for how long, locked when left alone, and opened again."""

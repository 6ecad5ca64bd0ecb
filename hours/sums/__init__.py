"""Sums of many weeks at once: what verdicts need, in a fixed number of statements."""

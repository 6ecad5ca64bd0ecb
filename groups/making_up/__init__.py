"""Make-up seats: one seat in one session of a group somebody does not belong to."""

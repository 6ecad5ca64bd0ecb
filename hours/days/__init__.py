"""Which days qualify, and if not, why."""

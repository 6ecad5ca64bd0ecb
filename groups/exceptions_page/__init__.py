"""The director's list: which warnings of the calendar were overridden, by whom, and why."""

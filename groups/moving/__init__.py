"""One session of the calendar: read it, move it, cancel it, bring it back, or undo any of that."""

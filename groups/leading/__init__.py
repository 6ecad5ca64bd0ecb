"""Who leads sessions: the staff of a program, when they can, how much they lead, who stands in."""

"""What a program requires of its curriculum."""

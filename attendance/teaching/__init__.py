"""What a session teaches: to lead it by, and to confirm."""

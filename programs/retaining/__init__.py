"""How long records are kept, and which must not be destroyed."""

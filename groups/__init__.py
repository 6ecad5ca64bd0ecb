"""Groups, their sessions, and who belongs to them."""

"""Groups and their weekly slots: making, changing and ending them."""

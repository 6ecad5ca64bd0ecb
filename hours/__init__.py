"""Weekly hours, derived from attendance."""

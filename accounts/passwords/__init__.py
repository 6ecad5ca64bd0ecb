"""Passwords: what one may be, changing it, and a new one by a link in an email."""

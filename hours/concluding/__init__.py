"""Closing a week: what was concluded, and what was corrected since."""

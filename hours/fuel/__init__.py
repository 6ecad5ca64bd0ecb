"""Authorizations as a fuel gauge: approved, used, scheduled, and when they run out."""

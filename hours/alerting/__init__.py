"""Alerts: whose they are, what can wait, and the week in numbers."""

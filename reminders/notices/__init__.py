"""Notices to staff: that something waits for them, and nothing about whom."""

"""The check: what holds in every program's weeks, and the alerts that follow from it."""

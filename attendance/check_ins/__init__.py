"""Check-ins: how somebody arrives, and how that goes over time."""

"""The kiosk: one person at a time checks in by themselves, and sees no other name."""

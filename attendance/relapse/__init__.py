"""The relapse prevention plan."""

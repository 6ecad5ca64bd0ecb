"""What changes about an episode of care, each in one transaction with its step and its trail."""

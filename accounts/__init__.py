"""Staff who sign in, and the trail of what they did."""

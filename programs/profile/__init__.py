"""Who a participant is, and how they are reached."""

"""What each member of staff wants to be told, where and when."""

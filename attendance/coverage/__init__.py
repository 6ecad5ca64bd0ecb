"""Who has received which lesson, and who will."""

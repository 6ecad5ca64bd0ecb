"""The census: who is in a program on a day, who comes, who waits, who left."""

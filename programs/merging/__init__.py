"""Two records of one person: found, reported, merged, and taken apart again."""

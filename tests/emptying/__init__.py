"""PostgreSQL as ever, emptied quickly after a test: only what has rows, and row by row."""

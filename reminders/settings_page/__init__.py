"""The program's own words and its reminder rule, edited with a preview."""

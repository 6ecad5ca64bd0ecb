"""The attendance sheet and the signed session on paper."""

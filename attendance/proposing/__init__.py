"""The order of lessons that lets the most people finish."""

"""The packet for a utilization review: one page, as a PDF."""

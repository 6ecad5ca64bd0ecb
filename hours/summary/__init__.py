"""The summary of an episode of care: one page, as a PDF."""

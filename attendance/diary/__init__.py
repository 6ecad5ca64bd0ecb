"""The skills diary."""

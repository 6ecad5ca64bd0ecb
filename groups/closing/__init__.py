"""Closing a program or a site for some days, and opening it again."""

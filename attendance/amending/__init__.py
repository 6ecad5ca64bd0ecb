"""Corrections of signed records."""

"""Handouts of lessons: files and pages."""

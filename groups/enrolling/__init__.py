"""Enrolling someone: program, groups, dates, consent."""

"""Clinic, programs, rules, staff assignments, participants, enrollments."""

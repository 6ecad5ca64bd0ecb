"""How long somebody stays: days and weeks of an episode, both ends included."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from programs.models import Enrollment
from programs.weeks import DAYS


def days_of_stay(enrollment: Enrollment, day: date) -> int:
    """Return which day of the episode the date is; the day of admission is the first."""
    return (day - enrollment.admitted_on).days + 1


def length_of_stay(enrollment: Enrollment) -> int | None:
    """Return the days from admission to discharge, both included; None while it lasts."""
    if enrollment.discharged_on is None:
        return None
    return days_of_stay(enrollment, enrollment.discharged_on)


def week_of_stay(enrollment: Enrollment, day: date) -> int:
    """Return in which week of the episode the date is; the week of admission is the first.

    Weeks are the program's, as on the board.
    """
    program = enrollment.program
    first, this = program.week_of(enrollment.admitted_on), program.week_of(day)
    return (this.first_on - first.first_on).days // DAYS + 1


def weeks_of_stay(enrollment: Enrollment, day: date) -> int | None:
    """Return how many weeks are planned, never fewer than have begun; None where none are."""
    if enrollment.planned_discharge_on is None:
        return None
    planned = week_of_stay(enrollment, enrollment.planned_discharge_on)
    return max(planned, week_of_stay(enrollment, day))


def average_stay(stays: Collection[int]) -> int | None:
    """Return the mean of these lengths in whole days, half a day up; None of none."""
    return (2 * sum(stays) + len(stays)) // (2 * len(stays)) if stays else None

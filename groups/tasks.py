"""What happens to groups on the clock."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from groups.actions import generate_sessions
from groups.enrolling.actions import sweep_drafts
from groups.joining.actions.waiting import promote_all
from groups.joining.line import groups_with_a_line


@shared_task(name="groups.generate_sessions")
def generate_sessions_to_the_horizon() -> None:
    """Keep sessions in the calendar as far ahead as the clinic plans."""
    generate_sessions(now=timezone.now(), by=None)


@shared_task(name="groups.promote_waiting")
def let_in_who_waits() -> None:
    """Give seats that have become free to those who are first in line."""
    promote_all(groups=groups_with_a_line(), now=timezone.now(), by=None)


@shared_task(name="groups.sweep_drafts")
def throw_old_drafts_away() -> None:
    """Throw away enrollments half filled in that nobody has gone on with for a month."""
    sweep_drafts(now=timezone.now(), by=None)

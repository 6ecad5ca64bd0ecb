"""What happens to groups on the clock."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from groups.actions import generate_sessions
from groups.joining.actions.waiting import promote_waiting
from groups.joining.line import groups_with_a_line


@shared_task(name="groups.generate_sessions")
def generate_sessions_to_the_horizon() -> None:
    """Keep sessions in the calendar as far ahead as the clinic plans."""
    generate_sessions(now=timezone.now(), by=None)


@shared_task(name="groups.promote_waiting")
def let_in_who_waits() -> None:
    """Give seats that have become free to those who are first in line."""
    for group in groups_with_a_line():
        promote_waiting(group=group, now=timezone.now(), by=None)

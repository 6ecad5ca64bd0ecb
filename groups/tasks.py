"""What happens to groups on the clock."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from groups.actions import generate_sessions


@shared_task(name="groups.generate_sessions")
def generate_sessions_to_the_horizon() -> None:
    """Keep sessions in the calendar as far ahead as the clinic plans."""
    generate_sessions(now=timezone.now(), by=None)

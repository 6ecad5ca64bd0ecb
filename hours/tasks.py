"""The clock's doorway to weekly hours."""

from celery import shared_task
from django.utils import timezone

from hours import actions


@shared_task(name="hours.check_weekly_hours")
def check_weekly_hours() -> None:
    """Bring this week's and last week's alerts up to date."""
    actions.check_weekly_hours(now=timezone.now(), by=None)

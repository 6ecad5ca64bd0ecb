"""The clock's doorway to weekly hours."""

from celery import shared_task
from django.utils import timezone

from hours import actions
from hours.alerting import digests
from hours.concluding import actions as concluding


@shared_task(name="hours.check_weekly_hours")
def check_weekly_hours() -> None:
    """Bring this week's and last week's alerts up to date."""
    actions.check_weekly_hours(now=timezone.now(), by=None)


@shared_task(name="hours.check_care")
def check_care() -> None:
    """Bring the alerts about authorizations, reviews and recertifications up to date."""
    actions.check_care(now=timezone.now(), by=None)


@shared_task(name="hours.close_weeks")
def close_weeks() -> None:
    """Close the weeks that are over for as long as their programs wait."""
    concluding.close_weeks(now=timezone.now(), by=None)


@shared_task(name="hours.plan_digests")
def plan_digests() -> None:
    """Plan the week in numbers to the directors who want it today."""
    digests.plan_digests(now=timezone.now(), by=None)

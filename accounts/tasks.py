"""What happens to the trail on the clock, and what is sent about accounts."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from accounts.models import User
from accounts.passwords.mail import send_reset
from accounts.sealing import make_partitions, seal_trail

# So many days ahead have a partition of their own: three months at least.
AHEAD = timedelta(days=92)


@shared_task(name="accounts.seal_trail", soft_time_limit=4 * 60, time_limit=5 * 60)
def seal_what_is_new() -> None:
    """Seal the lines of the last minutes."""
    seal_trail(now=timezone.now())


@shared_task(name="accounts.seal_whole_trail", soft_time_limit=30 * 60, time_limit=31 * 60)
def seal_what_was_left() -> None:
    """Look through the whole trail for lines that no seal holds."""
    seal_trail(now=timezone.now(), is_full_look=True)


@shared_task(name="accounts.make_partitions")
def have_months_ready() -> None:
    """Have the trail's next three months ready."""
    make_partitions(until=timezone.now().date() + AHEAD)


@shared_task(name="accounts.send_reset_link")
def send_reset_link(user_id: int) -> None:
    """Send the link to a new password, at most once; a page that waited would tell who is here."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is not None:
        send_reset(user, timezone.now())

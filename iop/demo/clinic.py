"""Makes the demo clinic: a copy of the example clinic whose last week is this week."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from attendance.clinic_folder import import_clinic_folder
from hours.actions import check_weekly_hours
from iop.demo.guard import refuse_other_clinics
from iop.demo.shifted_folder import write_shifted_folder
from iop.demo.sign_ins import SIGN_INS, SignIn
from programs.models import Clinic

SOURCE = Path(settings.BASE_DIR) / "tests" / "data" / "platte"
SOURCE_ZONE = ZoneInfo("America/Chicago")
# The Monday of the week in which the example's records end.
SOURCE_MONDAY = date(2026, 11, 23)


def make_demo_clinic(*, say: Callable[[str], None] = print) -> tuple[SignIn, ...]:
    """Fill an empty database with the demo clinic; one that holds it already stays as it is.

    All or nothing: killed half-way, the next start begins again. Raises ImproperlyConfigured on
    a database that holds anything else.
    """
    refuse_other_clinics()
    if Clinic.objects.exists():
        say("The demo clinic is there already.")
        return SIGN_INS
    now = timezone.now()
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        write_shifted_folder(
            SOURCE, Path(folder), monday=SOURCE_MONDAY, now=now, zone=SOURCE_ZONE
        )
        import_clinic_folder(folder=Path(folder), now=now, by=None, say=say)
        Clinic.objects.update(is_demo=True)
        for each in SIGN_INS:
            user = User.objects.get(email=each.email)
            user.set_password(each.password)
            user.save(update_fields=["password"])
        check_weekly_hours(now=now, by=None)
    return SIGN_INS

"""The front door, and two answers for the machine that watches over us."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from programs.access import needs
from programs.models import Role

BEGIN_WITH_THE_WEEK = {Role.DIRECTOR, Role.BILLING}


@require_safe
@needs("groups.read")
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the page a person's day begins with: the board for who answers for the week."""
    program = request.access.programs_for("groups.read")[0]  # type: ignore[attr-defined]
    roles = set(request.access.roles_in(program))  # type: ignore[attr-defined]
    page = "hours:board" if roles <= BEGIN_WITH_THE_WEEK else "today:today"
    return redirect(page, program_id=program.public_id)


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether this process should be sent requests: 503 names what speaks against it.

    Pages do without the cache, so its absence is only told. A process about to end says so while
    it still answers, for a proxy to turn to another one.
    """
    failed = [name for name, check in NEEDED.items() if not _works(check)]
    away = [] if _works(cache.ping) else ["cache"]  # type: ignore[attr-defined]
    return JsonResponse(
        {"status": "unavailable" if failed else "ok", "failed": failed, "away": away},
        status=503 if failed else 200,
    )


def _database_answers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _stays() -> None:
    if settings.DRAIN_FILE and Path(settings.DRAIN_FILE).exists():
        raise InterruptedError


NEEDED = {"database": _database_answers, "staying": _stays}


def _works(check: Callable[[], object]) -> bool:
    try:
        check()
    except Exception:  # any fault at all means "not ready"; the reason is not for strangers
        return False
    return True

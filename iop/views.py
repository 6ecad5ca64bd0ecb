"""The front door, and two answers for the machine that watches over us."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from programs.access import needs


@require_safe
@needs("hours.read")
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the weekly-hours board."""
    return redirect("hours:boards")


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """Say that the database and the cache answer too; 503 names the one that does not."""
    checks = {"database": _database_answers, "cache": lambda: cache.get("readyz")}
    failed = [name for name, check in checks.items() if not _works(check)]
    return JsonResponse(
        {"status": "unavailable" if failed else "ok", "failed": failed},
        status=503 if failed else 200,
    )


def _database_answers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _works(check) -> bool:
    try:
        check()
    except Exception:  # any fault at all means "not ready"; the reason is not for strangers
        return False
    return True

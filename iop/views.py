"""The front door, and two answers for the machine that watches over us."""

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

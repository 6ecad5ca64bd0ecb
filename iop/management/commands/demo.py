"""`make demo`: the demo clinic and the whole program on it, in one terminal, until Ctrl-C."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connections

from iop.demo.clinic import make_demo_clinic
from iop.demo.sign_ins import SignIn
from iop.processes.port import wanted_port
from iop.processes.programs import demo_programs
from iop.processes.readiness import web_answers
from iop.processes.steps import Step, step
from iop.processes.supervisor import Supervisor


class Command(BaseCommand):
    """Brings the database up to date, fills it, and runs web, worker and beat."""

    help = "Runs the demo clinic. Use it through: make demo"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until asked to stop; exit status 1 if something went wrong."""
        if not settings.IOP_DEMO:
            raise CommandError("The demo runs only with IOP_DEMO=1. Please use: make demo")
        with step("Migrations"):
            call_command("migrate", verbosity=0)
        with step("Demo clinic") as clinic:
            sign_ins = _demo_clinic(clinic)
        # Their connections are for the programs; ours would only stand in the way.
        connections.close_all()
        if status := _serve(sign_ins):
            sys.exit(status)


def _demo_clinic(clinic: Step) -> Sequence[SignIn]:
    try:
        return make_demo_clinic(say=clinic.say)
    except ImproperlyConfigured as refusal:
        raise CommandError(str(refusal)) from None


def _serve(sign_ins: Sequence[SignIn]) -> int:
    port = wanted_port(os.environ)
    programs = demo_programs(port, settings.IOP_DATA_DIR)
    starting = Step("Web, worker and beat")
    starting.close_line()
    call_command("collectstatic", interactive=False, verbosity=0)
    supervisor = Supervisor(programs, settings.IOP_DATA_DIR)

    def announce() -> None:
        starting.done()
        print(f"\nThe demo clinic is open at {settings.SITE_URL}\n\n{_table(sign_ins)}")
        print("\nCtrl-C stops it.\n", flush=True)

    return supervisor.run(is_ready=lambda: web_answers(port), when_ready=announce)


def _table(sign_ins: Sequence[SignIn]) -> str:
    rows = [("Sign in as", "Email", "Password")]
    rows += [(one.role, one.email, one.password) for one in sign_ins]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        "   ".join(text.ljust(width) for text, width in zip(row, widths, strict=True))
        for row in rows
    ]
    return "\n".join(f"  {line}".rstrip() for line in lines)

"""One alert: what was found, where it is seen to, whose it is, and whether it can wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from hours.alerting.facts import facts_of
from hours.alerting.forms import GiveForm, SnoozeForm
from hours.alerting.reader import Reader
from hours.alerting.rows import Drawing, Row, names_of
from hours.alerting.whose import staff_of
from hours.models import Alert
from programs.models import Program
from programs.person_frame import PersonFrame, person_frame
from programs.plan.boxes import RecordForm


@dataclass(frozen=True)
class Forms:
    """What can be done with it; each form posts to an address of its own."""

    give: GiveForm
    snooze: SnoozeForm

    @property
    def wrong(self) -> RecordForm | None:
        """The form that was sent and is not right yet."""
        forms: tuple[RecordForm, ...] = (self.give, self.snooze)
        return next((each for each in forms if each.errors), None)


@dataclass(frozen=True)
class OnePage:
    """Everything the page reads; no forms for those who may not manage alerts."""

    program: Program
    frame: PersonFrame
    row: Row
    found: str
    is_open: bool
    is_snoozed: bool
    forms: Forms | None
    urls: dict[str, str]


def forms_of(alert: Alert, reader: Reader, *, sent: str = "", data: Any = None) -> Forms:
    """Return the forms; the one called `sent` holds what was sent."""
    staff = staff_of(reader.program)
    return Forms(
        give=GiveForm(data if sent == "give" else None, staff=staff, holder=alert.user),
        snooze=SnoozeForm(data if sent == "snooze" else None, today=reader.today),
    )


def one_page(alert: Alert, reader: Reader, forms: Forms | None) -> OnePage:
    """Return the page; `alert` was read `with_facts`."""
    program, person = reader.program, alert.enrollment.participant.kept
    ids = [program.public_id, alert.public_id]
    drawing = Drawing(reader, facts_of([alert], reader.now), names_of([alert]))
    return OnePage(
        program=program,
        frame=person_frame(reader.access, program, person, here=""),
        row=drawing.row(alert),
        found=str(alert.get_kind_display()),
        is_open=alert.resolved_at is None,
        is_snoozed=alert.is_snoozed(reader.today),
        forms=forms if reader.may_manage and alert.resolved_at is None else None,
        urls={
            "list": reverse("alerts:alerts", args=[program.public_id]),
            **{name: reverse(f"alerts:{name}", args=ids) for name in ("give", "snooze", "wake")},
        },
    )

"""Makes the alerts say what was found: opened, updated, reopened, resolved.

Whose an alert is and how long it can wait are not touched: one that resolves and comes back
before its snooze is over still waits until that date.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Case, F, Q, When
from django.db.models.functions import Greatest

from hours.checking.finding import Finding
from hours.checking.sweep import Checked
from hours.models import CARE_KINDS, WEEK_KINDS, Alert
from programs.models import Enrollment

# An alert is one of an enrollment, a week and a kind.
Key = tuple[int, date, str]
SAYS = ("minutes_short", "units_left", "days", "due_on")


class Known(NamedTuple):
    """An alert there is, open or resolved."""

    pk: int
    program_id: int
    enrollment_id: int
    week_on: date
    kind: str
    is_open: bool
    opens_at: datetime | None  # where that is later than the check: two clocks differ a little
    minutes_short: int
    units_left: int | None
    days: int | None
    due_on: date | None

    @property
    def key(self) -> Key:
        return self.enrollment_id, self.week_on, self.kind

    def says(self, finding: Finding) -> bool:
        """Whether it is open and says the same already."""
        return self.is_open and all(getattr(self, name) == getattr(finding, name) for name in SAYS)


def bring_up_to_date(checked: Checked, *, now: datetime) -> dict[int, Counter[str]]:
    """Open, update, reopen and resolve alerts; return how many of each, by program's key.

    To be called in a transaction that holds the programs' check. Only what was looked at is
    resolved: kinds about a week in these weeks and in those that are over, or kinds about care in
    these programs.
    """
    found: dict[Key, Finding] = {
        (each.enrollment_key, each.week_on, each.kind): each for each in checked.findings
    }
    known = {alert.key: alert for alert in _known(checked, now)}
    news = [each for key, each in found.items() if key not in known or not known[key].says(each)]
    gone = [alert for key, alert in known.items() if key not in found and alert.is_open]
    _keep(news, known, now)
    Alert.objects.filter(pk__in=[alert.pk for alert in gone]).update(
        resolved_at=Greatest(F("opened_at"), now), updated_at=Greatest(F("opened_at"), now)
    )
    return _counted(news, known, gone)


def _known(checked: Checked, now: datetime) -> list[Known]:
    """Return the alerts in question: those of the weeks, or those of care, open or found again."""
    weeks = {(each.program_key, each.week.first_on) for each in checked.asked} | {*checked.over}
    in_question = Q(kind__in=WEEK_KINDS, week_on__in={week_on for _, week_on in weeks})
    if checked.is_about_care:
        since = min((each.week_on for each in checked.findings), default=date.max)
        in_question = Q(kind__in=CARE_KINDS) & (Q(resolved_at=None) | Q(week_on__gte=since))
    rows = (
        Alert.objects.filter(in_question)
        .filter(enrollment__program__in=[each.pk for each in checked.programs])
        .annotate(
            program_id=F("enrollment__program"),
            is_open=Q(resolved_at=None),
            opens_at=Case(When(opened_at__gt=now, then=F("opened_at"))),
        )
        .values_list(*Known._fields)
    )
    known = [Known(*row) for row in rows]
    if checked.is_about_care:
        return known
    return [alert for alert in known if (alert.program_id, alert.week_on) in weeks]


def _keep(news: Iterable[Finding], known: dict[Key, Known], now: datetime) -> None:
    """Insert what is new and rewrite what is not, in one statement; what came first stays."""
    alerts = []
    for each in news:
        alert = known.get((each.enrollment_key, each.week_on, each.kind))
        moment = (alert and alert.opens_at) or now
        alerts.append(
            Alert(
                enrollment_id=each.enrollment_key,
                week_on=each.week_on,
                kind=each.kind,
                opened_at=now,
                updated_at=moment,
                **{name: getattr(each, name) for name in SAYS},
            )
        )
    Alert.objects.bulk_create(
        alerts,
        update_conflicts=True,
        unique_fields=["enrollment", "week_on", "kind"],
        update_fields=[*SAYS, "updated_at", "resolved_at"],
    )


def _counted(
    news: Collection[Finding], known: dict[Key, Known], gone: Iterable[Known]
) -> dict[int, Counter[str]]:
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for alert in gone:
        counts[alert.program_id]["resolved"] += 1
    programs = _programs_of(news)
    for each in news:
        before = known.get((each.enrollment_key, each.week_on, each.kind))
        if before is None:
            counts[programs[each.enrollment_key]]["opened"] += 1
        elif not before.is_open:
            counts[before.program_id]["reopened"] += 1
    return counts


def _programs_of(news: Iterable[Finding]) -> dict[int, int]:
    keys = {each.enrollment_key for each in news}
    return dict(Enrollment.objects.filter(pk__in=keys).values_list("pk", "program"))

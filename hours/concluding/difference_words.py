"""Says what a closed week says otherwise now: a line for the person, and one for each session."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from attendance.marks import ABSENCES, MARK_LOOKS
from attendance.models import Absence, Amendment
from hours.concluding.concluded import Concluded, KeptLine
from hours.concluding.differences import Cause, Difference, SessionChange
from hours.verdicts import Tag
from hours.week_sessions import Sessions
from hours.wording import hours, session_name
from programs.weeks import local_date

TAGS = {
    Tag.ADMIT_PARTIAL: gettext_lazy("the week of admission"),
    Tag.DISCHARGE_PARTIAL: gettext_lazy("the week of discharge"),
    Tag.LEAVE: gettext_lazy("a week with leave"),
    Tag.CLOSURE: gettext_lazy("a week with a closure"),
    Tag.FULL: gettext_lazy("a full week"),
}
CAUSES = {
    Cause.RECORDED_LATER: gettext_lazy("recorded after the close"),
    Cause.RECORD_CHANGED: gettext_lazy("the record was changed"),
    Cause.RECORD_GONE: gettext_lazy("the record was taken back"),
    Cause.NOT_HELD: gettext_lazy("no longer among their sessions"),
    Cause.ADDED: gettext_lazy("added to their sessions"),
    Cause.EXPECTED: gettext_lazy("expected now: a membership, a seat or a leave was changed"),
    Cause.NOT_EXPECTED: gettext_lazy("no longer expected: a membership, a seat or a leave changed"),
    Cause.COUNTED_OTHERWISE: gettext_lazy("counted otherwise: its times, breaks or rule changed"),
}
Amendments = Mapping[tuple[uuid.UUID, str], Sequence[Amendment]]


@dataclass(frozen=True)
class Known:
    """What differences are explained with; `reasons_of`: the sessions whose reasons one reads."""

    sessions: Sessions
    amendments: Amendments
    reasons_of: frozenset[uuid.UUID]
    zone: ZoneInfo
    is_rule_changed: bool


def difference_lines(difference: Difference, chart_number: str, known: Known) -> tuple[str, ...]:
    """Return every difference in words: of the person first, then by session."""
    then, now = difference.then, difference.now
    sessions = [_session(each, chart_number, known) for each in difference.sessions]
    if now is None:
        return (_("No longer enrolled in this week: the dates of the enrollment changed."),)
    if then is None:
        return (_("Enrolled in this week only after it was closed."),)
    return (*_of_person(difference, then, now, known), *sessions)


def _of_person(difference: Difference, then: Concluded, now: Concluded, known: Known) -> list[str]:
    said = []
    if difference.is_required_changed:
        why = _("the rule changed") if known.is_rule_changed else _("an order changed")
        said.append(
            _("Required: %(then)s then, %(now)s now; %(why)s.")
            % {"then": hours(then.required), "now": hours(now.required), "why": why}
        )
    if difference.is_tag_changed:
        said.append(
            _("Judged as %(then)s then, as %(now)s now.")
            % {"then": TAGS[then.tag], "now": TAGS[now.tag]}
        )
    if difference.is_days_changed:
        said.append(
            _("Qualifying days: %(then)s then, %(now)s now.")
            % {"then": then.qualifying_days, "now": now.qualifying_days}
        )
    if not said and not difference.sessions:
        said.append(_("No session differs: the rule was changed."))
    return said


def _session(change: SessionChange, chart_number: str, known: Known) -> str:
    session = known.sessions.get(change.session)
    return _("%(session)s: %(then)s then, %(now)s now; %(why)s") % {
        "session": session_name(session, known.zone) if session else _("A session"),
        "then": _side(change.then, change),
        "now": _side(change.now, change),
        "why": _why(change, chart_number, known),
    }


def _side(line: KeptLine | None, change: SessionChange) -> str:
    """Return the minutes with what was on record, or, where they are the same, the latter alone."""
    if line is None:
        return _("not theirs")
    minutes = _("%(minutes)s min") % {"minutes": line.credited}
    if line.credited:
        return minutes
    on_record = _on_record(line)
    if not change.is_other_minutes:
        return on_record
    return f"{minutes} ({on_record})"


def _on_record(line: KeptLine) -> str:
    if line.absence:
        return str(MARK_LOOKS[ABSENCES[Absence(line.absence)]].label).lower()
    if line.has_record:
        return _("no minute in the session")
    if not line.is_expected:
        return _("not expected")
    return _("no record")


def _why(change: SessionChange, chart_number: str, known: Known) -> str:
    made = known.amendments.get((change.session, chart_number), ())
    if not made:
        return f"{CAUSES[change.cause]}."
    last = made[-1]
    said = _("amended %(day)s by %(name)s") % {
        "day": date_format(local_date(last.amended_at, known.zone), _month_and_day()),
        "name": last.amended_by.display_name,
    }
    if change.session not in known.reasons_of:
        return f"{said}."
    return _("%(said)s: “%(reason)s”") % {"said": said, "reason": last.reason}


def _month_and_day() -> str:
    return pgettext("date format: Nov 16", "M j")

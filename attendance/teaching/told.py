"""What a session confirmed as taught, for notes and papers: read with the session, in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from groups.models import GroupSession, SessionLesson
from groups.wording import times

Sessions = TypeVar("Sessions", bound=QuerySet[GroupSession])


def with_taught(sessions: Sessions) -> Sessions:
    """Annotate each session with what `taught_in_words` reads, in the same statement."""
    rows = SessionLesson.objects.taught().filter(session=OuterRef("pk"))
    facts = JSONObject(name="lesson__name", began="began_at", ended="ended_at")
    in_order = rows.order_by("began_at", "position", "pk").values(json=facts)
    return sessions.annotate(taught_facts=ArraySubquery(in_order)).select_related("teaching")


def taught_in_words(session: Any, zone: ZoneInfo) -> list[tuple[str, str]]:
    """Return what was taught and when, then what else was done, each by its label.

    The session was read `with_taught`. Nothing where nobody confirmed anything.
    """
    lines = [
        f"{each['name']}, {times(_at(each['began']), _at(each['ended']), zone)}"
        for each in session.taught_facts
    ]
    teaching = getattr(session, "teaching", None)
    said = [(_("Taught"), "\n".join(lines))] if lines else []
    if teaching and teaching.other:
        said.append((_("Something else"), teaching.other))
    if teaching and not said:
        said.append((_("Taught"), _("Nothing was taught in this session.")))
    return said


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)

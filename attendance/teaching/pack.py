"""The print pack of a session: what its room needs on paper. It names no participant."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from attendance.papers.paper import BOTTOM, MARGIN, PAGES, ROOM, Paper
from attendance.papers.wording import stamp
from attendance.teaching.pack_parts import checklist, plain_text, points
from attendance.teaching.reading import InSession, lessons_of
from curriculum.models import Handout, HandoutKind
from groups.models import GroupSession
from groups.wording import times
from programs.models import Clinic

SIZE = 11.0


def pack_of(session: GroupSession, *, by: User, now: datetime) -> bytes:
    """Return the pack as a PDF: cover, each lesson, homework to take home, handouts.

    `session` comes with its group, program, site and room. Uploaded handouts are named on the
    cover, to be printed from their own files.
    """
    lessons, about = lessons_of(session), _about(session)
    clinic = Clinic.objects.values_list("name", flat=True).first() or ""
    made = _("Printed by %(name)s, %(moment)s") % {
        "name": by.display_name,
        "moment": stamp(now, session.group.program.zone),
    }

    def head(paper: Paper) -> None:
        paper.set_type(size=SIZE - 1, bold=True, soft=True)
        paper.y += paper.write(f"{clinic} · {about}", x=MARGIN, y=paper.y, width=ROOM)
        paper.rule()
        paper.y += 2

    def foot(paper: Paper) -> None:
        _foot(paper, made)

    paper = Paper(title=_("Lesson pack"), size=SIZE, head=head, foot=foot)
    with closing(paper):
        _write(paper, session, lessons)
        return paper.content(made_at=now)


def _write(paper: Paper, session: GroupSession, lessons: Sequence[InSession]) -> None:
    _cover(paper, session, lessons)
    for each in lessons:
        _lesson(paper, each)
    for each in lessons:
        _homework(paper, each)
    for handout in _handouts(lessons, HandoutKind.PAGE):
        _handout(paper, handout)


def _about(session: GroupSession) -> str:
    day = date_format(session.held_on, pgettext("date format: Mon, Nov 23, 2026", "D, M j, Y"))
    span = times(session.starts_at, session.ends_at, session.group.program.zone)
    return f"{session.group.name} · {day} · {span}"


def _foot(paper: Paper, made: str) -> None:
    paper.y = BOTTOM + 1.5
    paper.rule()
    paper.set_type(size=8.5, soft=True)
    page = _("Page %(number)s of %(pages)s") % {"number": paper.number, "pages": PAGES}
    paper.write(f"{page} · {made}", x=MARGIN, y=paper.y, width=ROOM)


def _cover(paper: Paper, session: GroupSession, lessons: Sequence[InSession]) -> None:
    zone = session.group.program.zone
    paper.set_type(size=SIZE + 11, bold=True)
    paper.y += paper.write(session.group.name, x=MARGIN, y=paper.y, width=ROOM, most=3)
    paper.set_type(size=SIZE + 2)
    paper.flow(date_format(session.held_on, "DATE_FORMAT"))
    paper.flow(times(session.starts_at, session.ends_at, zone))
    paper.flow(session.room.name if session.room else _("No room on record"))
    paper.heading(_("Lessons"))
    paper.set_type()
    if not lessons:
        paper.flow(_("No lesson is planned for this session."))
    for each in lessons:
        span = times(*each.span, zone) if each.span else _("no time laid out")
        paper.flow(f"{each.lesson.name} · {span}")
    files = _handouts(lessons, HandoutKind.FILE)
    if files:
        paper.heading(_("To print from their own files"))
        paper.set_type()
        points(paper, [each.name for each in files])


def _lesson(paper: Paper, each: InSession) -> None:
    paper.turn()
    _title(paper, each.lesson.name, f"{each.lesson.module.track.name} · {each.lesson.module.name}")
    version = each.version
    if version is None:
        paper.flow(_("This lesson has no published version yet."))
        return
    parts = ((_("Objectives"), version.objectives), (_("Facilitator guide"), version.guide))
    for heading, text in parts:
        if text:
            paper.room(paper.line_height * 5)
            paper.heading(heading)
            plain_text(paper, text)
    if version.skills:
        paper.heading(_("Skills taught"))
        paper.set_type()
        points(paper, version.skills)
    if version.checklist:
        paper.room(paper.line_height * 5)
        paper.heading(_("Checklist"))
        checklist(paper, version.checklist)
    if not (version.objectives or version.guide):
        paper.flow(_("Its version has no guide."))


def _homework(paper: Paper, each: InSession) -> None:
    """Write a sheet to take home, where something is given."""
    planned = each.version.homework if each.version else ""
    text = each.row.homework if each.is_taught else planned
    if text:
        paper.turn()
        _title(paper, _("Homework"), each.lesson.name)
        plain_text(paper, text)


def _handout(paper: Paper, handout: Handout) -> None:
    paper.turn()
    _title(paper, handout.name, "")
    plain_text(paper, handout.text)


def _title(paper: Paper, title: str, below: str) -> None:
    paper.set_type(size=SIZE + 7, bold=True)
    paper.y += paper.write(title, x=MARGIN, y=paper.y, width=ROOM, most=3)
    if below:
        paper.set_type(soft=True)
        paper.y += paper.write(below, x=MARGIN, y=paper.y, width=ROOM, most=2)
    paper.set_type()
    paper.y += 1.5


def _handouts(lessons: Sequence[InSession], kind: str) -> list[Handout]:
    """Return the handouts of that kind, each once."""
    found = {each.pk: each for lesson in lessons for each in lesson.handouts if each.kind == kind}
    return list(found.values())

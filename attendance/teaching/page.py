"""What the page of a session's lessons shows: to lead it by, to confirm, and to put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.forms import Form
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from attendance.teaching.boxes import LessonBoxes, lesson_boxes, more_boxes, planned_boxes
from attendance.teaching.cards import LessonCard, cards_of
from attendance.teaching.forms import AddForm, ConfirmForm, OtherForm
from attendance.teaching.homework import states_of
from attendance.teaching.reading import InSession, lessons_of, library_of
from attendance.teaching.whose import CONFIRM
from groups.models import GroupSession, SessionStatus, Teaching
from groups.readable import leaders_of
from groups.session_links import may_mark, sheet_url
from groups.wording import clock, short_day, times
from programs.access import Access
from programs.models import Program
from programs.who_may import Scope

# What confirms; what adds to it afterwards.
Forms = tuple[ConfirmForm | None, AddForm | None, OtherForm | None]
_NO_FORMS: Forms = (None, None, None)


@dataclass(frozen=True)
class Back:
    """Where one came from."""

    url: str
    label: str


@dataclass(frozen=True)
class Room:
    """A session, who stands in it, and when."""

    access: Access
    program: Program
    session: GroupSession
    now: datetime

    @property
    def teaching(self) -> Teaching | None:
        """What was confirmed, where it was."""
        return getattr(self.session, "teaching", None)

    @property
    def is_cancelled(self) -> bool:
        return self.session.status != SessionStatus.SCHEDULED

    @property
    def has_begun(self) -> bool:
        return self.session.starts_at <= self.now

    @property
    def is_confirmed(self) -> bool:
        """Whether it is on record what the session taught."""
        return self.teaching is not None or self.session.lessons.taught().exists()

    @property
    def may_confirm(self) -> bool:
        """Whether this person may say what was taught in it, from its beginning on."""
        scope = self.access.scope(CONFIRM, self.program)
        is_mine = self.session.is_mine  # type: ignore[attr-defined]
        return scope is Scope.PROGRAM or (scope is Scope.OWN and is_mine)

    def url(self, view: str) -> str:
        return reverse(view, args=[self.program.public_id, self.session.public_id])


@dataclass(frozen=True)
class TeachingPage:
    """Everything the template reads; forms are there where this person may use them now."""

    room: Room
    when: str
    led_by: str
    cards: tuple[LessonCard, ...]
    confirmed: str
    other: str
    waits: str
    can_be_as_planned: bool
    forms: Forms
    bad: Form | None

    @property
    def confirm(self) -> ConfirmForm | None:
        return self.forms[0]

    @property
    def add(self) -> AddForm | None:
        return self.forms[1]

    @property
    def change_other(self) -> OtherForm | None:
        return self.forms[2]

    @property
    def pack_url(self) -> str:
        return self.room.url("teaching:pack")

    @property
    def rotation_url(self) -> str:
        ids = [self.room.program.public_id, self.room.session.group.public_id]
        return reverse("rotation:rotation", args=ids)

    @cached_property
    def back(self) -> Back:
        return _back(self.room)

    @property
    def is_confirmed(self) -> bool:
        return bool(self.confirmed)

    @cached_property
    def planned_boxes(self) -> list[LessonBoxes]:
        return planned_boxes(self.confirm) if self.confirm else []

    @cached_property
    def more_boxes(self) -> list[LessonBoxes]:
        return more_boxes(self.confirm) if self.confirm else []

    @cached_property
    def add_boxes(self) -> LessonBoxes | None:
        return lesson_boxes(self.add, "lesson") if self.add else None

    @property
    def taught_nothing(self) -> bool:
        return self.is_confirmed and not self.other and not self.cards


def teaching_page(room: Room, refused: Mapping[str, Form] | None = None) -> TeachingPage:
    """Return the page; `refused` are forms with what is wrong, by what they do."""
    refused = refused or {}
    session, lessons = room.session, lessons_of(room.session)
    is_confirmed = room.teaching is not None or any(each.is_taught for each in lessons)
    may_act = room.may_confirm and room.has_begun and not room.is_cancelled
    forms = _forms(room, lessons, refused, is_confirmed=is_confirmed) if may_act else _NO_FORMS
    cards = cards_of(
        room.program,
        lessons,
        states_of(session) if is_confirmed else {},
        refused,
        may_act=may_act,
    )
    return TeachingPage(
        room=room,
        when=_when(room),
        led_by=get_text_list([each.name for each in leaders_of(session)], _("and")),
        cards=cards,
        confirmed=_confirmed(room) if is_confirmed else "",
        other=room.teaching.other if room.teaching else "",
        waits=_waits(room) if not is_confirmed else "",
        can_be_as_planned=bool(lessons) and all(each.version for each in lessons),
        forms=forms,
        bad=next(iter(refused.values()), None),
    )


def confirm_form(room: Room, data: object, lessons: list[InSession]) -> ConfirmForm:
    """Return the form that confirms the session, of its plan."""
    planned = [each for each in lessons if not each.is_taught]
    library = library_of(room.program)
    planned_pks = {each.lesson.pk for each in planned}
    others = [each for each in library if each.pk not in planned_pks]
    return ConfirmForm(data, session=room.session, planned=planned, library=others)


def add_form(room: Room, data: object, lessons: list[InSession]) -> AddForm:
    """Return the form that adds a lesson to what was confirmed."""
    taught = {each.lesson.pk for each in lessons if each.is_taught}
    library = [each for each in library_of(room.program) if each.pk not in taught]
    return AddForm(data, session=room.session, library=library, is_first=not taught)


def other_form(room: Room, data: object) -> OtherForm:
    """Return the form for what stands in no library."""
    said = room.teaching.other if room.teaching else ""
    return OtherForm(data, initial={"other": said})  # type: ignore[arg-type]


def _forms(
    room: Room, lessons: list[InSession], refused: Mapping[str, Form], *, is_confirmed: bool
) -> Forms:
    if not is_confirmed:
        form = refused.get("confirm") or confirm_form(room, None, lessons)
        return form, None, None  # type: ignore[return-value]
    add = refused.get("add") or add_form(room, None, lessons)
    return None, add, refused.get("other") or other_form(room, None)  # type: ignore[return-value]


def _when(room: Room) -> str:
    session, zone = room.session, room.program.zone
    said = [short_day(session.held_on), times(session.starts_at, session.ends_at, zone)]
    return ", ".join([*said, session.room.name] if session.room else said)


def _confirmed(room: Room) -> str:
    if room.teaching is None:
        return _("On record from earlier")
    zone, at = room.program.zone, room.teaching.confirmed_at
    return _("Confirmed by %(name)s, %(day)s at %(time)s") % {
        "name": room.teaching.confirmed_by.display_name,
        "day": short_day(at.astimezone(zone).date()),
        "time": clock(at, zone),
    }


def _waits(room: Room) -> str:
    """Say why nothing is confirmed here now; nothing where it can be."""
    if room.is_cancelled:
        return _("This session was cancelled: nothing was taught in it.")
    if not room.has_begun:
        at = clock(room.session.starts_at, room.program.zone)
        return _("What was taught is confirmed from %(time)s on.") % {"time": at}
    if not room.may_confirm:
        return _("Nobody has said yet what was taught. Whoever leads the session does.")
    return ""


def _back(room: Room) -> Back:
    if may_mark(room.session, room.access, room.program) and not room.is_cancelled:
        return Back(sheet_url(room.session, room.program), _("Attendance sheet"))
    group = [room.program.public_id, room.session.group.public_id]
    return Back(reverse("groups:group", args=group), room.session.group.name)

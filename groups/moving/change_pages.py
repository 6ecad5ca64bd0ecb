"""The pages on which a session is moved, added, cancelled, brought back or combined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from groups.kind_looks import KindLook, kind_look
from groups.models import GroupSession, SessionStatus, TherapyGroup
from groups.moving.change_form import ChangeForm
from groups.moving.deciding import Decision
from groups.moving.forms import AskedForm
from groups.moving.session_facts import SessionHead, group_head, session_head
from groups.moving.session_page import PersonRow
from groups.roster import with_expected_count
from groups.schedule.preview_page import PreviewPage
from groups.week_switch import query
from groups.wording import times
from programs.models import Program


@dataclass(frozen=True)
class ChangePage:
    """Everything the templates of a change read."""

    program: Program
    form: ChangeForm
    preview: PreviewPage | None
    problems: Sequence[str]
    url: str
    back_url: str
    head: SessionHead
    people: Sequence[PersonRow] = ()

    @property
    def asks_override(self) -> bool:
        """Whether a reason is wanted in spite of warnings."""
        is_asked = "override" in self.form.fields
        return is_asked and self.preview is not None and self.preview.needs_reason

    @property
    def is_refused(self) -> bool:
        """Whether nothing can be filled in here: what stands in the way is said above."""
        return bool(self.problems) and not self.form.is_bound


@dataclass(frozen=True)
class GroupLink:
    """A group to add a session of."""

    name: str
    kind: KindLook
    url: str


@dataclass(frozen=True)
class GroupChoice:
    """The page that asks of which group the session is to be."""

    program: Program
    groups: Sequence[GroupLink]
    problems: Sequence[str]


def change_page(
    session: GroupSession,
    form: ChangeForm,
    decision: Decision,
    url: str,
    *,
    problems: Sequence[str] = (),
    people: Sequence[PersonRow] = (),
) -> ChangePage:
    """Return the page of a change of one session; `url` is its own address."""
    program = session.group.program
    return ChangePage(
        program=program,
        form=form,
        preview=decision.preview,
        problems=[*problems, *decision.problems],
        url=url,
        back_url=reverse("moving:session", args=[program.public_id, session.public_id]),
        head=session_head(session),
        people=people,
    )


def add_page(
    group: TherapyGroup, form: ChangeForm, decision: Decision, url: str, *, problems: Sequence[str]
) -> ChangePage:
    """Return the page of a session to be added; its back leads to the choice of a group."""
    return ChangePage(
        program=group.program,
        form=form,
        preview=decision.preview,
        problems=[*problems, *decision.problems],
        url=url,
        back_url=url,
        head=group_head(group),
    )


def groups_to_add(
    program: Program, groups: Iterable[TherapyGroup], asked: AskedForm
) -> list[GroupLink]:
    """Return a link for each group to the form, with the day and times that were suggested."""
    url = reverse("moving:add", args=[program.public_id])
    suggested = {name: asked.chosen(name) for name in ("held_on", "starts", "room")}
    return [
        GroupLink(
            name=each.name,
            kind=kind_look(each.kind),
            url=url + query(group=str(each.public_id), **suggested),
        )
        for each in groups
    ]


def others_of(session: GroupSession) -> list[GroupSession]:
    """Return the sessions of that day that could take its people in, the likeliest first.

    Those at the same time come first, then the nearest.
    """
    held = GroupSession.objects.filter(
        group__program=session.group.program_id,
        held_on=session.held_on,
        status=SessionStatus.SCHEDULED,
    ).exclude(pk=session.pk)
    related = with_expected_count(held).select_related("group__program__site", "room")
    return sorted(related, key=lambda other: _distance(session, other))


def _distance(session: GroupSession, other: GroupSession) -> tuple[bool, float, str]:
    overlaps = other.starts_at < session.ends_at and session.starts_at < other.ends_at
    apart = abs((other.starts_at - session.starts_at).total_seconds())
    return (not overlaps, apart, other.group.name)


def other_label(other: GroupSession) -> str:
    """Return `Process A, 9:00 AM to 10:30 AM, Harbor Room, 8 of 12 expected`."""
    return _("%(group)s, %(times)s, %(room)s, %(expected)s of %(capacity)s expected") % {
        "group": other.group.name,
        "times": times(other.starts_at, other.ends_at, other.group.program.zone),
        "room": other.room.name if other.room else _("no room"),
        "expected": other.expected,  # type: ignore[attr-defined]
        "capacity": other.group.capacity,
    }

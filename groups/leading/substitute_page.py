"""Who leads one session: who stands in for whom, and who could."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from groups.kind_looks import KindLook, kind_look
from groups.leading.candidate_words import CandidateLine, candidate_lines
from groups.leading.candidates import candidates_for
from groups.leading.leader_forms import Act, AddForm, LeaderForm, SubstituteForm, TakeOutForm
from groups.models import Facilitation, GroupSession
from groups.schedule.clash_words import ClashLine, clash_lines
from groups.schedule.edit import CannotSchedule
from groups.schedule.planning import plan_leaders
from groups.wording import short_day, times
from programs.access import Access
from programs.models import Program


@dataclass(frozen=True)
class LeaderRow:
    """One who leads the session, or led it before; whom a substitute stands in for, and why."""

    key: str
    name: str
    initials: str
    instead_of: str
    reason: str


@dataclass(frozen=True)
class Session:
    """What the page says of the session."""

    session: GroupSession
    day: str
    times: str
    kind: KindLook
    leading: tuple[LeaderRow, ...]
    former: tuple[LeaderRow, ...]


@dataclass(frozen=True)
class Asked:
    """The session with those who lead it and could, and the forms about them."""

    session: GroupSession
    facilitations: Sequence[Facilitation]
    lines: tuple[CandidateLine, ...]
    substitute: SubstituteForm
    add: AddForm
    take_out: TakeOutForm

    @property
    def sent(self) -> LeaderForm | None:
        """The form that was sent."""
        forms: tuple[LeaderForm, ...] = (self.substitute, self.add, self.take_out)
        return next((each for each in forms if each.is_bound), None)


@dataclass(frozen=True)
class SubstitutePage:
    """Everything the template reads. `clashes` are what stopped the form that was sent.

    `problems` say why nobody can be chosen at all, such as a session that is over.
    """

    program: Program
    about: Session
    asked: Asked
    chosen: str
    clashes: tuple[ClashLine, ...]
    problems: tuple[str, ...]


def asked_of(session: GroupSession, data: Any, *, access: Access, instead_of: str = "") -> Asked:
    """Return the forms about the session, the one that was sent with what was sent."""
    facilitations = _facilitations(session)
    leaders = {each.user: each.user.display_name for each in facilitations if not each.is_former}
    candidates = candidates_for(session, besides=[each.pk for each in leaders])
    lines = candidate_lines(candidates, session, access)
    people = {one.user: line.label for one, line in zip(candidates, lines, strict=True)}
    act = data.get("act")

    def sent(wanted: Act) -> Any:
        return data if act == wanted else None

    return Asked(
        session=session,
        facilitations=facilitations,
        lines=lines,
        substitute=SubstituteForm(
            sent(Act.SUBSTITUTE), leaders=leaders, candidates=people, instead_of=instead_of
        ),
        add=AddForm(sent(Act.ADD), candidates=people),
        take_out=TakeOutForm(sent(Act.TAKE_OUT), leaders=leaders),
    )


def substitute_page(
    program: Program,
    asked: Asked,
    *,
    access: Access,
    refused: CannotSchedule | None,
    now: datetime,
) -> SubstitutePage:
    """Return the page as `access` may read it."""
    return SubstitutePage(
        program=program,
        about=_about(asked.session, asked.facilitations, program),
        asked=asked,
        chosen=str(asked.substitute["leader"].value() or ""),
        clashes=clash_lines(refused.clashes, access, program) if refused else (),
        problems=_problems(asked, now),
    )


def _problems(asked: Asked, now: datetime) -> tuple[str, ...]:
    """Say what would be said whoever were chosen: plan for those who lead it already."""
    leaders = [each.user_id for each in asked.facilitations if not each.is_former]
    try:
        plan_leaders(session=asked.session, leaders=leaders, now=now)
    except CannotSchedule as refused:
        return tuple(word for words in refused.words.values() for word in words)
    return ()


def _facilitations(session: GroupSession) -> list[Facilitation]:
    found = Facilitation.objects.filter(session=session).select_related("user", "instead_of__user")
    return list(found.order_by("user__name", "pk"))


def _about(
    session: GroupSession, facilitations: Sequence[Facilitation], program: Program
) -> Session:
    rows = [(each.is_former, _row(each)) for each in facilitations]
    return Session(
        session=session,
        day=short_day(session.held_on),
        times=times(session.starts_at, session.ends_at, program.zone),
        kind=kind_look(session.group.kind),
        leading=tuple(row for is_former, row in rows if not is_former),
        former=tuple(row for is_former, row in rows if is_former),
    )


def _row(facilitation: Facilitation) -> LeaderRow:
    user: User = facilitation.user
    replaced = facilitation.instead_of
    return LeaderRow(
        key=str(user.public_id),
        name=user.display_name,
        initials=user.initials,
        instead_of=replaced.user.display_name if replaced else "",
        reason=facilitation.reason,
    )

"""Making up for a closed day in its week: by how much the other sessions must be longer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from groups.closing.closing_plan import ProgramPlan
from groups.models import ChangeKind, GroupSession, SessionStatus
from groups.schedule.edit import Edit, SessionEdit
from groups.schedule.fixed import fixed_among
from groups.schedule.in_the_way import in_the_way, others_of
from groups.schedule.offered_rows import WeekRules
from groups.schedule.people import attending, expected_at
from groups.schedule.proposal import Proposal, as_proposal, with_leader_keys
from programs.models import Room
from programs.weeks import DAYS, instant

STEP = timedelta(minutes=5)
MOST_STEPS = 24  # two hours
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Extension:
    """The sessions of one week, each to end so many minutes later; `sessions` are as they are."""

    week_on: date
    minutes: int
    sessions: Sequence[Proposal]

    @property
    def longer(self) -> list[Proposal]:
        """The sessions as they would be."""
        return _longer(self.sessions, timedelta(minutes=self.minutes))


@dataclass(frozen=True)
class Stretchable:
    """A session that could be longer: by how many steps, and what one step gives to whom."""

    session: Proposal
    steps: int
    gain: int  # counted minutes
    people: frozenset[int]  # enrollments


def extensions_of(plan: ProgramPlan, now: datetime) -> list[Extension]:
    """Return, for each week in which people drop below what they need, the smallest extension.

    It is equal for the sessions that become longer: those still to come in that week of the
    groups that lose one, as far as nothing follows on them for their room, people or leaders.
    It brings as many people as possible to what they need within MOST_STEPS; a week in which it
    brings nobody has none.
    """
    found = []
    for week_on, sessions in _stretchable(plan, now).items():
        needs = {
            each.enrollment.pk: (each.required or 0) - each.minutes_after
            for each in plan.short
            if each.week_on == week_on
        }
        if steps := fewest_steps(sessions, needs):
            long = [each.session for each in sessions if each.steps >= steps and each.gain]
            found.append(Extension(week_on, steps * (STEP // timedelta(minutes=1)), long))
    return found


def fewest_steps(sessions: Sequence[Stretchable], needs: Mapping[int, int]) -> int:
    """Return the fewest equal steps that bring the most people what they need; 0 for nobody.

    Counted minutes grow evenly: five more are six of a 50-minute hour, in every session.
    """
    reached = {steps: _reached(sessions, needs, steps) for steps in range(1, MOST_STEPS + 1)}
    most = max(reached.values())
    return next(steps for steps, count in reached.items() if count == most) if most else 0


def _reached(sessions: Sequence[Stretchable], needs: Mapping[int, int], steps: int) -> int:
    gains: Counter[int] = Counter()
    for each in sessions:
        if each.steps >= steps:
            gains.update(dict.fromkeys(each.people, steps * each.gain))
    return sum(gains[key] >= minutes for key, minutes in needs.items())


def with_held(plan: ProgramPlan, held: Iterable[Proposal]) -> Edit:
    """Return the closure's edit together with sessions that are made longer or added."""
    edit = plan.edit
    return replace(edit, sessions=[*edit.sessions, *(SessionEdit(each) for each in held)])


def extension_edit(plan: ProgramPlan, extensions: Iterable[Extension]) -> Edit:
    """Return the extensions as one change."""
    longer = [SessionEdit(each) for extension in extensions for each in extension.longer]
    return Edit(ChangeKind.MOVED, plan.program, longer)


def _stretchable(plan: ProgramPlan, now: datetime) -> Mapping[date, list[Stretchable]]:
    """Return, by week, the other sessions of the groups that lose one in it."""
    remaining = [*_remaining(plan, now)]
    sessions = [as_proposal(each) for each in remaining]
    rules, people = WeekRules(plan.program, ()), expected_at(sessions)
    found: dict[date, list[Stretchable]] = defaultdict(list)
    free = _free_after(sessions, plan)
    for stored, session, here, steps in zip(remaining, sessions, people, free, strict=True):
        span = (session.ends_at, session.ends_at + STEP)
        gain = rules.minutes(session.held_on, stored.group.kind, span, ())
        found[plan.week_on(stored)].append(Stretchable(session, steps, gain, here))
    return found


def _remaining(plan: ProgramPlan, now: datetime) -> Iterator[GroupSession]:
    weeks = plan.short_weeks
    if not weeks:
        return
    sessions = GroupSession.objects.filter(
        group__in=plan.groups,
        status=SessionStatus.SCHEDULED,
        starts_at__gt=now,
        held_on__range=(weeks[0], weeks[-1] + timedelta(days=DAYS - 1)),
    ).exclude(pk__in=[each.pk for each in plan.falling])
    coming = with_leader_keys(sessions).select_related("group").order_by("starts_at", "pk")
    fixed = fixed_among([each.pk for each in coming]) if coming else frozenset()
    losing = {(plan.week_on(each), each.group_id) for each in plan.falling}
    for each in coming:
        week_on = plan.week_on(each)
        if each.pk not in fixed and week_on in weeks and (week_on, each.group_id) in losing:
            yield each


def _free_after(sessions: Sequence[Proposal], plan: ProgramPlan) -> list[int]:
    """Return by how many steps each session can be longer before something follows on it."""
    falling = [each.pk for each in plan.falling]
    longest = _longer(sessions, MOST_STEPS * STEP)
    follows = [(each.index, each.session, each.what) for each in in_the_way(longest, falling)]
    follows += [
        (each.index, each.elsewhere, "person")
        for each in attending(longest, falling)
        if each.elsewhere is not None
    ]
    others = others_of({key for _index, key, _what in follows})
    airing = dict(
        Room.objects.filter(pk__in={each.room for each in sessions if each.room}).values_list(
            "pk", "turnover_minutes"
        )
    )
    free = [_until_midnight(each, plan) for each in sessions]
    for index, key, what in follows:
        session, starts_at = sessions[index], others[key].starts_at
        if starts_at >= session.ends_at:
            rest = airing.get(session.room or 0, 0) if what == "room" else 0
            free[index] = min(free[index], starts_at - session.ends_at - timedelta(minutes=rest))
    return [min(MOST_STEPS, max(each, timedelta()) // STEP) for each in free]


def _until_midnight(session: Proposal, plan: ProgramPlan) -> timedelta:
    midnight = instant(session.held_on + A_DAY, time(), plan.program.zone)
    return midnight - session.ends_at


def _longer(sessions: Iterable[Proposal], more: timedelta) -> list[Proposal]:
    return [replace(each, ends_at=each.ends_at + more) for each in sessions]

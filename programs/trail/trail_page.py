"""The page of the trail: what stands out in some days, the latest lines, and the sign-offs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.models import User
from programs.access import Access
from programs.models import Participant, Program, TrailReview
from programs.trail.forms import DaysForm, SearchForm, SignOffForm
from programs.trail.grouping import DayOf, days_of
from programs.trail.lines_page import known_in
from programs.trail.patterns import unusual
from programs.trail.patterns.facts import Finding, Unusual
from programs.trail.patterns.gathering import facts_of
from programs.trail.patterns.saying import Said, said
from programs.trail.reading import Span, of_program, sheet_of, staff_of
from programs.weeks import local_date

# The rule asks for a regular review (45 CFR 164.308(a)(1)(ii)(D)); once a month is usual.
EVERY = timedelta(days=31)
LATEST = 30
FOUND_AT_MOST = 10
REVIEWS_SHOWN = 12
# Findings of one kind that are shown; more are counted.
OF_A_KIND = 12


@dataclass(frozen=True)
class Pattern:
    """What stands out of one kind; `more` are not shown one by one."""

    label: str
    findings: tuple[Said, ...]
    more: int


@dataclass(frozen=True)
class Review:
    """An earlier sign-off, as the list shows it."""

    review: TrailReview
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Looked:
    """The days looked through: how many lines, and how often each kind of pattern."""

    span: Span
    lines: int
    counts: dict[str, int]
    patterns: tuple[Pattern, ...]

    @property
    def found(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Hits:
    """Whom a search found."""

    people: tuple[Participant, ...]
    colleagues: tuple[User, ...]

    @property
    def count(self) -> int:
        return len(self.people) + len(self.colleagues)


@dataclass(frozen=True)
class TrailPage:
    """Everything the template reads."""

    program: Program
    form: DaysForm
    looked: Looked
    latest: tuple[DayOf, ...]
    reviews: tuple[Review, ...]
    is_due: bool
    search: SearchForm
    hits: Hits | None
    sign_off: SignOffForm


def trail_page(
    access: Access,
    program: Program,
    *,
    form: DaysForm,
    search: SearchForm,
    sign_off: SignOffForm,
    now: datetime,
) -> TrailPage:
    """Return the page; a fixed number of statements, whatever is on the trail."""
    reviews, today = _reviews(access, program), local_date(now, program.zone)
    form.is_valid()
    span = form.span(days_to_review(reviews, today=today, zone=program.zone))
    return TrailPage(
        program=program,
        form=form,
        looked=looked_through(program, span),
        latest=_latest(access, program, span),
        reviews=tuple(_review(each) for each in reviews),
        is_due=is_due(reviews, today=today),
        search=search,
        hits=_hits(access, program, search),
        sign_off=sign_off,
    )


def looked_through(program: Program, span: Span) -> Looked:
    """Return what stands out in the days."""
    facts = facts_of(program, span)
    found = [each for each in unusual(facts) if each.who in facts.staff]
    by_kind: dict[Unusual, list[Finding]] = {}
    for each in found:
        by_kind.setdefault(each.kind, []).append(each)
    return Looked(
        span=span,
        lines=len(facts.lines),
        counts={kind.value: len(own) for kind, own in by_kind.items()},
        patterns=tuple(
            Pattern(
                label=str(kind.label),
                findings=tuple(said(each, facts) for each in own[:OF_A_KIND]),
                more=max(0, len(own) - OF_A_KIND),
            )
            for kind, own in by_kind.items()
        ),
    )


def days_to_review(reviews: Sequence[TrailReview], *, today: date, zone: ZoneInfo) -> Span:
    """Return the days since the last sign-off, or the last month; today is the last of them.

    A day that was signed off while it still ran is looked at again.
    """
    first = today - EVERY
    if reviews:
        last = max(reviews, key=lambda each: each.last_on)
        ran = local_date(last.reviewed_at, zone) <= last.last_on
        first = last.last_on if ran else last.last_on + timedelta(days=1)
    return Span(min(max(first, today - 2 * EVERY), today), today, zone)


def is_due(reviews: Sequence[TrailReview], *, today: date) -> bool:
    """Whether the last sign-off ends more than a month ago, or there is none."""
    return not reviews or today - max(each.last_on for each in reviews) > EVERY


def _reviews(access: Access, program: Program) -> list[TrailReview]:
    seen = TrailReview.objects.visible_to(access.user).filter(program=program)
    return list(seen.select_related("reviewed_by")[:REVIEWS_SHOWN])


def _latest(access: Access, program: Program, span: Span) -> tuple[DayOf, ...]:
    lines = sheet_of(of_program(program, span), before="", size=LATEST).lines
    known = known_in(lines, access.programs_for("audit.read"))
    return days_of(lines, known, program.zone)


def _hits(access: Access, program: Program, search: SearchForm) -> Hits | None:
    if not (search.is_bound and search.is_valid()):
        return None
    text = search.cleaned_data["q"]
    return Hits(tuple(_people(access, program, text)), tuple(_colleagues(program, text)))


def _review(review: TrailReview) -> Review:
    labels: dict[str, str] = {kind.value: str(kind.label) for kind in Unusual}
    counts: dict[str, int] = review.unusual
    return Review(review, tuple((labels.get(kind, kind), n) for kind, n in counts.items()))


def _people(access: Access, program: Program, text: str) -> list[Participant]:
    people = Participant.objects.visible_to(access.user).of_program(program).kept()
    return list(people.found_by(text)[:FOUND_AT_MOST])


def _colleagues(program: Program, text: str) -> list[User]:
    staff, words = staff_of([program]), text.split()
    for word in words:
        staff = staff.filter(name__icontains=word) | staff.filter(email__icontains=word)
    return list(staff.order_by("name", "email")[:FOUND_AT_MOST])

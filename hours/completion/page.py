"""What the page about somebody's completion shows, and the list of everybody in the program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from curriculum.models import RequiredTopic
from curriculum.tabs import curriculum_tabs
from groups.models import RotationLesson
from hours.completion.reading import CompletionStanding, standings_of
from hours.completion.said import SaidLine, said_of
from hours.completion.whose import enrollments_of
from hours.models import Certificate
from hours.models.certificate import Criterion
from programs.access import Access
from programs.models import Enrollment, Participant, Program
from programs.named import note_named
from programs.plan.episodes import EpisodeLink
from programs.weeks import local_date
from programs.whose import Tab

# Where one goes to do something about a criterion: the page, and what one needs to open it.
TO_DO = {
    Criterion.CORE: ("coverage:person", "coverage.read"),
    Criterion.TOPICS: ("coverage:person", "coverage.read"),
    Criterion.HOURS: ("people:participant", "participants.name"),
    Criterion.WEEKS_MET: ("people:participant", "participants.name"),
    Criterion.PLAN: ("relapse:plan", "relapse_plans.edit"),
}


@dataclass(frozen=True)
class CriterionRow:
    """A criterion in words, and where to go about it; `url` is empty where one may not."""

    said: SaidLine
    url: str
    action: str


@dataclass(frozen=True)
class Given:
    """The certificate that was given."""

    certificate: Certificate
    still_open: tuple[str, ...]

    @property
    def name(self) -> str:
        """Whose it is, as on every list of one's own people."""
        person = self.certificate.enrollment.participant.kept
        name = f"{person.preferred_name or person.first_name} {person.last_name}"
        note_named([(person, name)])
        return name


@dataclass(frozen=True)
class CompletionPage:
    """One episode's completion."""

    episode: Enrollment
    links: tuple[EpisodeLink, ...]
    rows: tuple[CriterionRow, ...]
    met: int
    is_complete: bool
    until: date | None
    citation: str
    given: Given | None
    may_issue: bool

    @property
    def can_issue(self) -> bool:
        """Whether this person may give it, and it is not given yet."""
        return self.may_issue and self.given is None


def completion_page(
    standing: CompletionStanding,
    person: Participant,
    *,
    links: Sequence[EpisodeLink],
    access: Access,
) -> CompletionPage:
    """Return the page; one query more than the standing took."""
    episode, program = standing.enrollment, standing.enrollment.program
    given = Certificate.objects.filter(enrollment=episode).select_related("issued_by").first()
    return CompletionPage(
        episode=episode,
        links=tuple(links),
        rows=tuple(_row(each, person, program, access) for each in said_of(standing)),
        met=standing.readiness.met_count,
        is_complete=standing.readiness.is_complete,
        until=standing.until,
        citation=standing.rule.citation,
        given=Given(given, open_words(given)) if given else None,
        may_issue=access.scope("certificates.issue", program) is not None,
    )


def open_words(certificate: Certificate) -> tuple[str, ...]:
    """Return what was open when the certificate was given."""
    return tuple(str(Criterion(each).label) for each in certificate.open_criteria)


def _row(said: SaidLine, person: Participant, program: Program, access: Access) -> CriterionRow:
    view, line = TO_DO.get(said.criterion, ("", ""))
    if not view or not said.is_open or access.scope(line, program) is None:
        return CriterionRow(said, "", "")
    return CriterionRow(said, reverse(view, args=[program.public_id, person.public_id]), _to(view))


def _to(view: str) -> str:
    return {
        "coverage:person": _("To their lessons"),
        "people:participant": _("To their hours"),
        "relapse:plan": _("To the plan"),
    }[view]


@dataclass(frozen=True)
class PersonRow:
    """Somebody in the program: how many criteria are met, which are not, until when they stay."""

    name: str
    url: str
    met: int
    asked: int
    is_complete: bool
    lacking: tuple[SaidLine, ...]
    until: date | None
    is_given: bool


@dataclass(frozen=True)
class EveryonePage:
    """Who is near completion: the complete first, then by how little is open."""

    program: Program
    tabs: tuple[Tab, ...]
    rows: tuple[PersonRow, ...]
    unplanned: tuple[RequiredTopic, ...]
    exceptions: tuple[Given, ...]

    @property
    def complete(self) -> int:
        """How many have everything."""
        return sum(row.is_complete for row in self.rows)


def everyone_page(*, program: Program, access: Access, now: datetime) -> EveryonePage:
    """Return the page, in as many queries for one person as for all."""
    today = local_date(now, program.zone)
    theirs = enrollments_of(access, program, now=now)
    staying = theirs.filter(pk__in=Enrollment.objects.begun().covering(today).values("pk"))
    standings = standings_of(program, staying, now=now)
    certificates = Certificate.objects.filter(enrollment__in=theirs.values("pk"))
    given = set(certificates.values_list("enrollment", flat=True))
    return EveryonePage(
        program=program,
        tabs=curriculum_tabs(access, program, here="requiring:requirements"),
        rows=tuple(sorted((_person(each, given) for each in standings), key=_nearness)),
        unplanned=tuple(_unplanned(program, today)),
        exceptions=tuple(
            Given(each, open_words(each))
            for each in certificates.exclude(open_criteria=[])
            .select_related("issued_by", "enrollment__participant__merged_into")
            .order_by("-issued_at")[:20]
        ),
    )


def _person(standing: CompletionStanding, given: set[int]) -> PersonRow:
    person, program = standing.enrollment.participant.kept, standing.enrollment.program
    address = reverse("completion:completion", args=[program.public_id, person.public_id])
    said = said_of(standing)
    return PersonRow(
        name=standing.name,
        url=f"{address}?episode={standing.enrollment.public_id}",
        met=standing.readiness.met_count,
        asked=len(said),
        is_complete=standing.readiness.is_complete,
        lacking=tuple(each for each in said if each.is_open),
        until=standing.until,
        is_given=standing.enrollment.pk in given,
    )


def _nearness(row: PersonRow) -> tuple[int, date, str]:
    return row.asked - row.met, row.until or date.max, row.name.casefold()


def _unplanned(program: Program, today: date) -> Iterable[RequiredTopic]:
    """Return the topics in force none of whose lessons is in any group's rotation."""
    planned = RotationLesson.objects.filter(lesson__topics__topic=OuterRef("pk"))
    asked = RequiredTopic.objects.filter(program=program).asked_on(today)
    return asked.filter(~Exists(planned)).order_by("jurisdiction", "name")

"""What the pages about a relapse prevention plan show: one version, how much of it is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.models import RelapsePlan
from attendance.models.relapse_plan import PaperLanguage
from attendance.relapse.changes import Change, changes
from attendance.relapse.content import TEXTS, PlanContent, Situation, content_of
from attendance.relapse.sections import ANSWER_WORDS, SECTION, SECTIONS, Section
from attendance.relapse.share import Filled, filled_of
from programs.models import Participant, Program
from programs.weeks import local_date

DIALED = "+0123456789"


@dataclass(frozen=True)
class TextPart:
    """A section that is text, a point to a line."""

    section: Section
    points: tuple[str, ...]


@dataclass(frozen=True)
class SituationPart:
    """A situation, with each of the four answers under its word."""

    situation: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ContactPart:
    """Somebody to turn to; `dials` is what a phone dials."""

    name: str
    relation: str
    phone: str
    dials: str


@dataclass(frozen=True)
class Shown:
    """One version as it is read."""

    texts: tuple[TextPart, ...]
    situations: tuple[SituationPart, ...]
    situations_section: Section
    contacts: tuple[ContactPart, ...]
    contacts_section: Section
    emergency: TextPart
    review: str
    is_review_due: bool


@dataclass(frozen=True)
class VersionLink:
    """A version in the list of all of them."""

    title: str
    written: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class PlanPage:
    """Everything the template reads; `shown` is nothing where there is no plan yet."""

    shown: Shown | None
    title: str
    written: str
    filled: Filled
    parts_words: str
    versions: tuple[VersionLink, ...]
    edit_url: str
    papers: tuple[tuple[str, str, str], ...]
    is_latest: bool = True
    latest_url: str = ""
    changed: tuple[Change, ...] = ()
    changed_title: str = ""


def plan_page(
    program: Program,
    person: Participant,
    plan: RelapsePlan | None,
    *,
    all_of_them: Sequence[RelapsePlan],
    today: date,
    before: RelapsePlan | None = None,
) -> PlanPage:
    """Return the page of one version; `all_of_them` without their parts, the latest first.

    With `before`, also what changed from that version to this one.
    """
    content = content_of(plan)
    filled = filled_of(content)
    ids = [program.public_id, person.public_id]
    return PlanPage(
        shown=_shown(content, today) if plan else None,
        **_heading(plan, program),
        filled=filled,
        parts_words=_("%(count)s of 9 parts") % {"count": filled.count},
        versions=tuple(_link(each, program, ids, plan) for each in all_of_them),
        edit_url=reverse("relapse:edit", args=ids),
        papers=_papers(ids, plan),
        is_latest=plan in all_of_them[:1],
        latest_url=reverse("relapse:plan", args=ids),
        changed=changes(content_of(before), content) if before else (),
        changed_title=_since(before) if before else "",
    )


def _since(before: RelapsePlan) -> str:
    return _("What is new since version %(n)s") % {"n": before.number}


def _heading(plan: RelapsePlan | None, program: Program) -> dict[str, str]:
    if plan is None:
        return {"title": "", "written": ""}
    return {"title": _version(plan), "written": _written(plan, program)}


def _version(plan: RelapsePlan) -> str:
    return _("Version %(number)s") % {"number": plan.number}


def _written(plan: RelapsePlan, program: Program) -> str:
    day = local_date(plan.written_at, program.zone)
    said = {"day": date_format(day, "DATE_FORMAT"), "name": plan.written_by.name}
    return _("%(day)s, written down by %(name)s") % said


def _link(
    each: RelapsePlan, program: Program, ids: list, current: RelapsePlan | None
) -> VersionLink:
    return VersionLink(
        title=_version(each),
        written=_written(each, program),
        url=reverse("relapse:version", args=[*ids, each.public_id]),
        is_current=each == current,
    )


def _papers(ids: list, plan: RelapsePlan | None) -> tuple[tuple[str, str, str], ...]:
    """Return the printed page in each language, the person's first: its name, code, address."""
    first = plan.language if plan else PaperLanguage.ENGLISH
    languages = sorted(PaperLanguage, key=lambda each: each != first)
    return tuple(
        (str(each.label), each.value, reverse("relapse:paper", args=[*ids, each.value]))
        for each in languages
    )


def _shown(content: PlanContent, today: date) -> Shown:
    parts = {name: TextPart(SECTION[name], _points(content, name)) for name in TEXTS}
    emergency = parts.pop("emergency")
    day = content.review_on
    return Shown(
        texts=tuple(parts[each.name] for each in SECTIONS if each.name in parts),
        situations=tuple(map(_situation, content.situations)),
        situations_section=SECTION["situations"],
        contacts=tuple(
            ContactPart(each.name, each.relation, each.phone, _dials(each.phone))
            for each in content.contacts
        ),
        contacts_section=SECTION["contacts"],
        emergency=emergency,
        review=date_format(day, "DATE_FORMAT") if day else "",
        is_review_due=day is not None and day <= today,
    )


def _points(content: PlanContent, name: str) -> tuple[str, ...]:
    return tuple(line for line in getattr(content, name).splitlines() if line.strip())


def _situation(each: Situation) -> SituationPart:
    said = ((str(word), getattr(each, name)) for name, word, _hint in ANSWER_WORDS)
    return SituationPart(each.situation, tuple(said))


def _dials(phone: str) -> str:
    """Return the number without an extension, as a phone dials it."""
    number = phone.partition("ext")[0]
    return "".join(letter for letter in number if letter in DIALED)

"""Somebody's diary out of the database, and the skills there are to choose from."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.http import Http404

from accounts.models import User
from attendance.diary.entry import Entry
from attendance.models import Presence, SkillUse
from attendance.models.learning import SkillUseQuerySet
from curriculum.models import LessonVersion
from groups.models import SessionLesson
from programs.models import Enrollment, Participant, Program


@dataclass(frozen=True)
class TrackSkills:
    """The skills that the lessons of one track teach, each once, in the library's order."""

    track: str
    skills: tuple[str, ...]


def uses_of(user: User, person: Participant, program: Program) -> SkillUseQuerySet:
    """Return the entries on the person's record in the program, the latest date first."""
    episodes = Enrollment.objects.of_person(person).filter(program=program)
    found = SkillUse.objects.visible_to(user).on_record()
    return found.filter(enrollment__in=episodes).order_by("-used_on", "-pk")


def use_of(user: User, person: Participant, program: Program, use_id: uuid.UUID) -> SkillUse:
    """Return the entry, or raise Http404; also once it is off the record."""
    found = uses_of(user, person, program).filter(public_id=use_id)
    use = found.select_related("enrollment__participant", "enrollment__program").first()
    if use is None:
        raise Http404
    return use


def entry_of(use: SkillUse) -> Entry:
    """Return the stored entry as plain values."""
    return Entry(use.used_on, use.skill, use.helped, use.words)


def skills_of(program: Program) -> tuple[TrackSkills, ...]:
    """Return the skills of the lessons that the program teaches now, by track; one statement."""
    versions = LessonVersion.objects.published()
    newer = versions.filter(lesson=OuterRef("lesson"), number__gt=OuterRef("number"))
    rows = (
        versions.filter(lesson__module__track__program=program, lesson__retired_at=None)
        .exclude(Exists(newer))
        .order_by(
            *("lesson__module__track__position", "lesson__module__track__name"),
            *("lesson__module__position", "lesson__position", "pk"),
        )
        .values_list("lesson__module__track__name", "skills")
    )
    by_track: dict[str, list[str]] = {}
    for track, skills in rows:
        by_track.setdefault(track, []).extend(skills)
    tracks = (TrackSkills(track, each_once(skills)) for track, skills in by_track.items())
    return tuple(each for each in tracks if each.skills)


def taught_to(person: Participant, program: Program) -> tuple[str, ...]:
    """Return the skills of what was taught in sessions they came to, the latest first."""
    theirs = [person.pk, *person.duplicates.values_list("pk", flat=True)]
    came_to = Presence.objects.filter(record__participant__in=theirs).values("record__session")
    rows = SessionLesson.objects.taught().filter(
        session__in=came_to, session__group__program=program, version__isnull=False
    )
    lists = rows.order_by("-session__starts_at", "position").values_list("version__skills")
    return each_once(skill for (skills,) in lists for skill in skills)


def own_skills(taught: Iterable[str], entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return the person's skills: those they use, by how lately, then those taught to them."""
    return each_once([*(each.skill for each in entries), *taught])


def each_once(skills: Iterable[str]) -> tuple[str, ...]:
    """Return each skill once, as it is first spelled."""
    found: dict[str, str] = {}
    for skill in skills:
        found.setdefault(skill.casefold(), skill)
    return tuple(found.values())

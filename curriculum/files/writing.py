"""Puts entries into a program's library: tracks and modules by name, lessons, versions, order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import User
from curriculum.files.entry import WORDS, Entry, Key, Page
from curriculum.files.planning import Change, Plan
from curriculum.files.stored import StoredLesson
from curriculum.models import (
    Handout,
    HandoutKind,
    Lesson,
    LessonVersion,
    Module,
    Prerequisite,
    Track,
    VersionHandout,
)
from programs.models import Program

BATCH = 1000


@dataclass(frozen=True)
class By:
    """Who puts the entries in, when, and what a new version says is new in it."""

    user: User | None
    now: datetime
    note: str = ""
    # Handouts of new lessons, by key.
    pages: Mapping[Key, Page] = field(default_factory=dict)


def write_plan(
    program: Program, plan: Plan, stored: Mapping[Key, StoredLesson], by: By
) -> dict[Key, int]:
    """Write what is new and changed; return the keys of all lessons of the program by key.

    Call it inside a transaction. A changed text or number of minutes makes a new version, which
    is published and keeps the handouts; a draft stays the one to come. Raises IntegrityError where
    lessons would need each other in a circle.
    """
    entries = [*plan.new, *(each.entry for each in plan.changed)]
    modules = _modules(program, entries)
    made = Lesson.objects.bulk_create(
        [_new_lesson(entry, modules, by) for entry in plan.new], batch_size=BATCH
    )
    ids = {key: each.lesson for key, each in stored.items()}
    ids |= {entry.key: each.pk for entry, each in zip(plan.new, made, strict=True)}
    _change_lessons(plan.changed, by)
    _write_versions(plan, ids, by)
    _write_needs(entries, ids)
    return ids


def _modules(program: Program, entries: Sequence[Entry]) -> dict[tuple[str, str], int]:
    """Return the modules of the entries by track and name; those that are not there are made."""
    tracks = {each.name: each for each in Track.objects.filter(program=program)}
    first_of = {entry.track: entry for entry in reversed(entries)}
    wanted = list(dict.fromkeys(entry.track for entry in entries))
    after = max((each.position for each in tracks.values()), default=-1) + 1
    fresh = [name for name in wanted if name not in tracks]
    for position, name in enumerate(fresh, after):
        track = Track(program=program, name=name, position=position)
        tracks[name] = _of_track(track, first_of[name])
    Track.objects.bulk_create([tracks[name] for name in fresh])
    differing = [
        _of_track(tracks[name], first_of[name])
        for name in wanted
        if (tracks[name].subject, tracks[name].source)
        != (first_of[name].subject, first_of[name].source)
    ]
    Track.objects.bulk_update(differing, ["subject", "source"])
    return _modules_of(program, {name: tracks[name].pk for name in tracks}, entries)


def _of_track(track: Track, entry: Entry) -> Track:
    track.subject, track.source = entry.subject, entry.source
    return track


def _modules_of(
    program: Program, tracks: Mapping[str, int], entries: Iterable[Entry]
) -> dict[tuple[str, str], int]:
    rows = Module.objects.filter(track__program=program)
    ids: dict[tuple[str, str], int] = {}
    after: dict[str, int] = dict.fromkeys(tracks, 0)
    for each in rows.select_related("track"):
        ids[each.track.name, each.name] = each.pk
        after[each.track.name] = max(after[each.track.name], each.position + 1)
    fresh = []
    for track, name in dict.fromkeys((entry.track, entry.module) for entry in entries):
        if (track, name) not in ids:
            fresh.append(Module(track_id=tracks[track], name=name, position=after[track]))
            ids[track, name] = 0
            after[track] += 1
    names = {pk: name for name, pk in tracks.items()}
    for each in Module.objects.bulk_create(fresh, batch_size=BATCH):
        ids[names[each.track_id], each.name] = each.pk
    return ids


def _new_lesson(entry: Entry, modules: Mapping[tuple[str, str], int], by: By) -> Lesson:
    return Lesson(module_id=modules[entry.track, entry.module], **_of_lesson(entry, None, by))


def _of_lesson(entry: Entry, before: StoredLesson | None, by: By) -> dict[str, Any]:
    """Return what a lesson's row holds; a retired one keeps the day it was retired."""
    facts: dict[str, Any] = {
        "name": entry.lesson,
        "minutes": entry.minutes,
        "is_core": entry.is_core,
        "position": entry.position,
    }
    if before is None or before.entry.is_retired != entry.is_retired:
        facts["retired_at"] = by.now if entry.is_retired else None
    return facts


def _change_lessons(changed: Sequence[Change], by: By) -> None:
    turned = [each for each in changed if "is_retired" in each.names]
    for some in (turned, [each for each in changed if each not in turned]):
        rows = [
            Lesson(pk=each.before.lesson, **_of_lesson(each.entry, each.before, by))
            for each in some
        ]
        if rows:
            columns = ["minutes", "is_core", "position"]
            extra = ["retired_at"] if some is turned else []
            Lesson.objects.bulk_update(rows, [*columns, *extra], batch_size=BATCH)


def _write_versions(plan: Plan, ids: Mapping[Key, int], by: By) -> None:
    """Add versions as drafts, give them the handouts of the one before, and publish them."""
    anew = [each for each in plan.changed if each.makes_version]
    drafts = _set_aside(each.before for each in anew)
    numbered = [(entry, 1, None) for entry in plan.new] + [
        (each.entry, _number(each.before), each.before.version) for each in anew
    ]
    made = LessonVersion.objects.bulk_create(
        [
            LessonVersion(lesson_id=ids[entry.key], number=number, **_of_version(entry, number, by))
            for entry, number, _before in numbered
        ],
        batch_size=BATCH,
    )
    _keep_handouts(
        {
            before: version.pk
            for (_entry, _number, before), version in zip(numbered, made, strict=True)
            if before
        }
    )
    _add_pages([version for version in made if version.number == 1], ids, by)
    LessonVersion.objects.filter(pk__in=[each.pk for each in made]).update(
        published_at=by.now, published_by=by.user
    )
    _put_back(*drafts)


def _of_version(entry: Entry, number: int, by: By) -> dict[str, Any]:
    words = {name: getattr(entry, name) for name in WORDS}
    words |= {"skills": list(entry.skills), "checklist": list(entry.checklist)}
    note = by.note if number > 1 else ""
    return {**words, "change_note": note, "written_by": by.user, "written_at": by.now}


def _number(before: StoredLesson) -> int:
    """Return the number of the new version; a draft, which has the highest, gives way."""
    return before.last_number if before.draft else before.last_number + 1


def _set_aside(
    changed: Iterable[StoredLesson],
) -> tuple[list[LessonVersion], list[VersionHandout]]:
    """Take out the drafts, since a lesson has one at a time; return them with their handouts."""
    keys = [each.draft for each in changed if each.draft]
    drafts = list(LessonVersion.objects.filter(pk__in=keys))
    handouts = list(VersionHandout.objects.filter(version__in=keys))
    VersionHandout.objects.filter(version__in=keys).delete()
    LessonVersion.objects.filter(pk__in=keys).delete()
    return drafts, handouts


def _put_back(drafts: Iterable[LessonVersion], handouts: Iterable[VersionHandout]) -> None:
    """Let the drafts be what they were, behind the version that was published before them."""
    rows = list(drafts)
    for draft in rows:
        draft.number += 1
    LessonVersion.objects.bulk_create(rows)
    VersionHandout.objects.bulk_create(handouts)


def _keep_handouts(versions: Mapping[int, int]) -> None:
    """Give each new version (the values) the handouts of the one before it (the keys)."""
    rows = VersionHandout.objects.filter(version__in=list(versions))
    VersionHandout.objects.bulk_create(
        [
            VersionHandout(
                version_id=versions[each.version_id],
                handout_id=each.handout_id,
                position=each.position,
            )
            for each in rows
        ],
        batch_size=BATCH,
    )


def _add_pages(fresh: Iterable[LessonVersion], ids: Mapping[Key, int], by: By) -> None:
    """Give first versions the handouts that came with their lessons."""
    versions = {version.lesson_id: version.pk for version in fresh}
    pages = {ids[key]: page for key, page in by.pages.items() if ids.get(key) in versions}
    handouts = Handout.objects.bulk_create(
        [
            Handout(
                lesson_id=lesson,
                name=page.name,
                kind=HandoutKind.PAGE,
                text=page.text,
                added_by=by.user,
                added_at=by.now,
            )
            for lesson, page in pages.items()
        ]
    )
    VersionHandout.objects.bulk_create(
        [VersionHandout(version_id=versions[each.lesson_id], handout=each) for each in handouts]
    )


def _write_needs(entries: Sequence[Entry], ids: Mapping[Key, int]) -> None:
    """Take away what is no longer needed, then add what is; so no circle stands in between."""
    wanted = {(ids[entry.key], ids[needed]) for entry in entries for needed in entry.prerequisites}
    rows = Prerequisite.objects.filter(lesson__in=[ids[entry.key] for entry in entries])
    stored = {(each.lesson_id, each.needs_id): each.pk for each in rows}
    gone = [pk for pair, pk in stored.items() if pair not in wanted]
    Prerequisite.objects.filter(pk__in=gone).delete()
    Prerequisite.objects.bulk_create(
        [
            Prerequisite(lesson_id=lesson, needs_id=needed)
            for lesson, needed in sorted(wanted - set(stored))
        ],
        batch_size=BATCH,
    )

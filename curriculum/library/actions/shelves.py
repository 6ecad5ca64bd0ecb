"""Tracks and modules: one is added, named anew, or stands elsewhere."""

from __future__ import annotations

from django.db import transaction

from accounts.audit import write_audit
from accounts.keeping import keep
from accounts.models import User
from curriculum.library.holding import hold_library, moved_by_one, put_in_order
from curriculum.models import Module, Track
from curriculum.models.track import ModuleQuerySet, TrackQuerySet
from programs.models import Program


@transaction.atomic
def add_track(
    *, program: Program, name: str, subject: str, source: str = "", by: User | None
) -> Track:
    """Add a track behind the others. Raises NotKept."""
    held = hold_library(program.pk)
    track = Track(program=held, name=name, subject=subject, source=source)
    track.position = _behind(Track.objects.filter(program=held))
    keep(track, otherwise="name")
    write_audit(
        "track.added", by=by, subject=track, program_id=held.public_id, subject_of_track=subject
    )
    return track


@transaction.atomic
def change_track(*, track: Track, name: str, subject: str, source: str, by: User | None) -> None:
    """Name the track anew, or say what it is about; writes nothing where nothing differs.

    Raises NotKept.
    """
    held = hold_library(track.program_id)
    stored = Track.objects.get(pk=track.pk)
    wanted = {"name": name, "subject": subject, "source": source}
    changed = sorted(field for field, value in wanted.items() if getattr(stored, field) != value)
    if not changed:
        return
    for field in changed:
        setattr(stored, field, wanted[field])
    keep(stored, otherwise="name")
    write_audit("track.changed", by=by, subject=stored, program_id=held.public_id, fields=changed)


@transaction.atomic
def move_track(*, track: Track, is_up: bool, by: User | None) -> None:
    """Move the track one place up or down in its program; the first and the last stay."""
    held = hold_library(track.program_id)
    put_in_order(
        moved_by_one(
            Track.objects.filter(program=held).order_by("position", "name"), track, is_up=is_up
        )
    )
    write_audit("track.moved", by=by, subject=track, program_id=held.public_id, is_up=is_up)


@transaction.atomic
def add_module(*, track: Track, name: str, by: User | None) -> Module:
    """Add a module behind the others of its track. Raises NotKept."""
    held = hold_library(track.program_id)
    module = Module(track=track, name=name)
    module.position = _behind(Module.objects.filter(track=track))
    keep(module, otherwise="name")
    write_audit(
        "module.added", by=by, subject=module, program_id=held.public_id, track=str(track.public_id)
    )
    return module


@transaction.atomic
def change_module(*, module: Module, name: str, track: Track, by: User | None) -> None:
    """Name the module anew, or put it behind the modules of another track of the program.

    Writes nothing where nothing differs. Raises NotKept.
    """
    held = hold_library(module.track.program_id)
    stored = Module.objects.get(pk=module.pk)
    wanted = held.tracks.get(pk=track.pk)
    if (stored.name, stored.track_id) == (name, wanted.pk):
        return
    if stored.track_id != wanted.pk:
        stored.position = _behind(Module.objects.filter(track=wanted))
    stored.name, stored.track = name, wanted
    keep(stored, otherwise="name")
    write_audit(
        "module.changed",
        by=by,
        subject=stored,
        program_id=held.public_id,
        track=str(wanted.public_id),
    )


@transaction.atomic
def move_module(*, module: Module, is_up: bool, by: User | None) -> None:
    """Move the module one place up or down in its track; the first and the last stay."""
    held = hold_library(module.track.program_id)
    stored = Module.objects.get(pk=module.pk)
    rows = Module.objects.filter(track=stored.track_id).order_by("position", "name")
    put_in_order(moved_by_one(rows, stored, is_up=is_up))
    write_audit("module.moved", by=by, subject=stored, program_id=held.public_id, is_up=is_up)


def _behind(rows: TrackQuerySet | ModuleQuerySet) -> int:
    """Return the place behind all of the rows."""
    last = rows.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1

"""Two people at one draft: the later save is asked again, with both texts on the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.keeping import NotKept
from curriculum.library import actions
from curriculum.library.actions.drafts import DraftMoved
from curriculum.library.changes_page import FieldChange, words_fields
from curriculum.library.forms import PublishForm, WordsForm
from curriculum.library.version_words import saved_words
from curriculum.library.views.shown import Visit
from curriculum.library.words import words_of
from curriculum.models import LessonVersion


@dataclass(frozen=True)
class Saved:
    """What came of saving; where somebody was first, how what they saved differs from this."""

    is_kept: bool = False
    theirs: str = ""
    fields: tuple[FieldChange, ...] = ()


def save_draft(visit: Visit, version: LessonVersion, form: WordsForm, *, now: datetime) -> Saved:
    """Save what was typed; where the draft was saved meanwhile, keep theirs and show both."""
    if not form.is_valid():
        return Saved()
    sent = {"words": form.words(), "seen": form.cleaned_data["seen"]}
    try:
        actions.change_draft(version=version, **sent, by=visit.by, now=now)
    except DraftMoved as moved:
        form.has_seen(moved.stored)
        fields = words_fields(words_of(moved.stored), form.words())
        changed = tuple(each for each in fields if each.is_changed)
        return Saved(theirs=saved_words(moved.stored, visit.program.zone), fields=changed)
    except NotKept as refused:
        form.add_refusal(refused)
        return Saved()
    return Saved(is_kept=True)


def publish_here(visit: Visit, version: LessonVersion, form: PublishForm, *, now: datetime) -> bool:
    """Publish what was read, and return whether it is; else the form says why not."""
    if not form.is_valid():
        return False
    note, seen = form.cleaned_data["change_note"], form.cleaned_data["seen"]
    try:
        actions.publish(version=version, note=note, by=visit.by, now=now, seen=seen)
    except DraftMoved as moved:
        form.is_overtaken(moved.stored)
        return False
    except NotKept as refused:
        form.add_refusal(refused)
        return False
    return True

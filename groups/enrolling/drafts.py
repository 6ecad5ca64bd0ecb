"""Drafts as answers: what of a form is kept, whose they are, and the form's data again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from groups.enrolling.forms import EnrollForm
from groups.wording import clock, day_words
from programs.models import EnrollmentDraft, Program
from programs.named import note_named
from programs.weeks import local_date
from programs.whose import readable_by

# A draft is for going on, not for storing: more than anybody types is cut.
MOST_VALUES, MOST_LETTERS = 100, 1000
A_BOX = re.compile(r"_\d$")
KEPT = frozenset({*EnrollForm.base_fields, "participant"})
# One of these is filled in before anything is worth keeping.
TELLING = ("first_name", "last_name", "participant", "groups", "waits")

Answers = dict[str, list[str]]


@dataclass(frozen=True)
class DraftLine:
    """A draft to go on with: whom it is about, and when it was kept."""

    public_id: str
    name: str
    kept: str


def answers_in(sent: QueryDict) -> Answers:
    """Return what of a sent form is kept: its own fields, as they were typed."""
    return {
        name: [value[:MOST_LETTERS] for value in sent.getlist(name)[:MOST_VALUES]]
        for name in sent
        if name in KEPT or A_BOX.sub("", name) in KEPT
    }


def is_worth_keeping(answers: Mapping[str, list[str]]) -> bool:
    """Return whether somebody has begun to fill it in."""
    return any(value.strip() for name in TELLING for value in answers.get(name, ()))


def sent_from(draft: EnrollmentDraft) -> QueryDict:
    """Return the draft's answers as the form was sent."""
    sent = QueryDict(mutable=True)
    for name, values in json.loads(draft.answers).items():
        sent.setlist(name, values)
    return sent


def my_drafts(
    user: User, program: Program, *, now: datetime, besides: object = None
) -> tuple[DraftLine, ...]:
    """Return the person's own drafts for the program, the latest first; two statements."""
    drafts = EnrollmentDraft.objects.visible_to(user).filter(program=program)
    kept = [(each, sent_from(each)) for each in drafts if str(each.public_id) != str(besides)]
    known = _known(user, (sent.get("participant", "") for _draft, sent in kept))
    return tuple(
        DraftLine(
            public_id=str(draft.public_id),
            name=known.get(sent.get("participant", "")) or _typed(sent),
            kept=_when(draft.kept_at, program, now),
        )
        for draft, sent in kept
    )


def _known(user: User, chosen: Iterable[str]) -> dict[str, str]:
    """Return the names of people on record, by public id."""
    keys = [each for each in chosen if each]
    if not keys:
        return {}
    people = readable_by(user).filter(public_id__in=keys)
    called = [(each, f"{each.first_name} {each.last_name}") for each in people]
    note_named(called)
    return {str(each.public_id): name for each, name in called}


def _typed(sent: QueryDict) -> str:
    names = (sent.get(name, "").strip() for name in ("first_name", "last_name"))
    return " ".join(filter(None, names)) or _("No name yet")


def _when(kept_at: datetime, program: Program, now: datetime) -> str:
    zone = program.zone
    day = day_words(local_date(kept_at, zone), local_date(now, zone))
    return _("kept %(day)s at %(time)s") % {"day": day, "time": clock(kept_at, zone)}

"""What stands on the trail, in words: each verb that the code writes, and of which kind it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.trail.words.clinic import CLINIC
from programs.trail.words.entering import ENTERING
from programs.trail.words.people import PEOPLE
from programs.trail.words.record import RECORD
from programs.trail.words.schedule import SCHEDULE
from programs.trail.words.teaching import TEACHING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    **CLINIC,
    **ENTERING,
    **PEOPLE,
    **RECORD,
    **SCHEDULE,
    **TEACHING,
}


class Kind(models.TextChoices):
    """What a line is about; every line is of one kind."""

    READ = "read", _("Read")
    CHANGE = "change", _("Changed")
    EXPORT = "export", _("Exported or printed")
    REFUSAL = "refusal", _("Refused")
    ENTRY = "entry", _("Signed in or out")


ICONS = {
    Kind.READ: "eye",
    Kind.CHANGE: "pencil",
    Kind.EXPORT: "download",
    Kind.REFUSAL: "octagon-x",
    Kind.ENTRY: "log-in",
}
# A line is of the first kind whose pattern its verb meets; Python and PostgreSQL read the same.
# A consent refused is a participant's answer, which somebody wrote down.
PATTERNS = {
    Kind.REFUSAL: r"^(?!consent\.).*(refused|limited)$",
    Kind.EXPORT: r"(exported|printed|downloaded|packet_made|certificate\.issued"
    r"|disclosure\.taken)$",
    Kind.ENTRY: r"^(user\.signed_|user\.reset|user\.asked|factor\.|session\.(ended|locked|unlocked)"
    r"|recovery_code)",
    Kind.READ: r"\.(read|searched|compared|people_shown|seen)$",
}


@lru_cache(maxsize=1024)
def kind_of(verb: str) -> Kind:
    """Return the kind of a line with this verb."""
    return next((kind for kind, shape in PATTERNS.items() if re.search(shape, verb)), Kind.CHANGE)


def of_kind(kind: Kind) -> Q:
    """Accept the lines of a kind, as `kind_of` says it."""
    accepted = Q(verb__regex=PATTERNS[kind]) if kind in PATTERNS else Q()
    for before, shape in PATTERNS.items():
        if before == kind:
            break
        accepted &= ~Q(verb__regex=shape)
    return accepted


def words_of(verb: str) -> str:
    """Return what was done, such as `Read the record`; a verb without words as it stands."""
    return str(WORDS.get(verb, verb))

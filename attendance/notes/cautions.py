"""What to look at before signing: a name that does not belong, words used twice, what is missing.

None of it forbids a signature: a note may name a Grace who is not the one of the roster.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.notes.fields import (
    TEXTS_OF_GROUP,
    TEXTS_OF_PERSON,
    group_values_of,
    label_of,
    values_of,
)
from attendance.notes.likeness import percent_same
from attendance.notes.missing import OF_GROUP, OF_PERSON, There, missing_in
from attendance.notes.naming import names_in
from attendance.notes.written import Part, Written


class Kind(StrEnum):
    """What a caution is about."""

    NAMED = "named"
    ALIKE = "alike"
    MISSING = "missing"


@dataclass(frozen=True)
class Caution:
    """One thing to look at; `part` is whose, None of the group part."""

    kind: Kind
    part: uuid.UUID | None
    whose: str
    words: str
    field: str = ""


def cautions_of(written: Written) -> tuple[Caution, ...]:
    """Return everything to look at before signing, the group part first, in the page's order."""
    return in_order(written, {part.id: part_cautions(written, part) for part in written.parts})


def in_order(
    written: Written, of_parts: Mapping[uuid.UUID, Iterable[Caution]]
) -> tuple[Caution, ...]:
    """Return the same where those of the people are known already."""
    found = [*group_missing(written), *group_cautions(written)]
    for part in written.parts:
        found += [*missing_of(part), *of_parts[part.id]]
    return tuple(found)


def group_cautions(written: Written) -> Iterator[Caution]:
    """Yield the names in the part that goes into every chart."""
    said, others = group_values_of(written.group), [part.named for part in written.parts]
    for field in TEXTS_OF_GROUP:
        for name in names_in(said.get(field, ""), of=others):
            yield Caution(Kind.NAMED, None, _group(), _names(field, None, name), field)


def part_cautions(written: Written, part: Part) -> Iterator[Caution]:
    """Yield others' names in a person's part, and whose words it nearly repeats."""
    said, others = values_of(part.note), [each.named for each in written.beside(part)]
    for field in TEXTS_OF_PERSON:
        for name in names_in(said.get(field, ""), of=others, own=part.named):
            words = _names(field, part.there, name)
            yield Caution(Kind.NAMED, part.id, part.name, words, field)
    for words in _alike(written, part):
        yield Caution(Kind.ALIKE, part.id, part.name, words, "response")


def group_missing(written: Written) -> Iterator[Caution]:
    """Yield what the group part still lacks."""
    lacks = missing_in(OF_GROUP, group_values_of(written.group))
    if lacks:
        words = _("Missing: %(fields)s.") % {"fields": ", ".join(map(label_of, lacks))}
        yield Caution(Kind.MISSING, None, _group(), words, lacks[0])


def missing_of(part: Part) -> Iterator[Caution]:
    """Yield what the person's part still lacks."""
    if part.there is There.UNMARKED:
        yield Caution(Kind.MISSING, part.id, part.name, _("Not marked on the sheet yet."))
        return
    lacks = missing_in(OF_PERSON[part.there], values_of(part.note))
    if not lacks:
        return
    fields = ", ".join(label_of(each, part.there) for each in lacks)
    words = _("Missing: %(fields)s.") % {"fields": fields}
    yield Caution(Kind.MISSING, part.id, part.name, words, lacks[0])


def _alike(written: Written, part: Part) -> Iterator[str]:
    for other in written.beside(part):
        percent = written.percent(part, other)
        if percent is not None:
            words = _("%(percent)s%% the same as the note of %(name)s")
            yield words % {"percent": percent, "name": other.name}
    if part.last is not None:
        percent = percent_same(part.compared, part.compared_last)
        if percent is not None:
            words = _("%(percent)s%% the same as their own note of %(day)s")
            day = date_format(part.last.session.held_on, "DATE_FORMAT")
            yield words % {"percent": percent, "day": day}


def _group() -> str:
    return _("Note for the group")


def _names(field: str, there: There | None, name: str) -> str:
    words = _("%(field)s names another person on the roster: “%(name)s”. Leave the name out.")
    return words % {"field": label_of(field, there), "name": name}

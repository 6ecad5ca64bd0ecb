"""Saves one part, and says what came of it: in a state line, or on a page without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from attendance.models import GroupNote, ParticipantNote
from attendance.notes.actions.saving import save_group_note, save_person_note
from attendance.notes.boxes import Typed
from attendance.notes.cards import GROUP, Card, Desk, group_card, person_cards
from attendance.notes.cautions import Caution, group_cautions, part_cautions
from attendance.notes.fields import (
    OF_GROUP,
    OF_PERSON,
    TEXTS_OF_GROUP,
    TEXTS_OF_PERSON,
    label_of,
)
from attendance.notes.forms import GroupForm, PartForm, PersonForm
from attendance.notes.refusals import AlreadySigned, NewerNote, NotOpen
from attendance.notes.said import Said, newer, saved
from attendance.notes.written import Part
from attendance.parts import is_part, part_answer

Note = GroupNote | ParticipantNote
TEXTS = (*TEXTS_OF_GROUP, *TEXTS_OF_PERSON)


@dataclass(frozen=True)
class Outcome:
    """What a save led to."""

    status: int
    said: Said
    version: int = 0
    typed: Typed | None = None


@dataclass(frozen=True)
class PartPage:
    """One part on a page of its own; `kept` is what was typed where it can no longer be saved."""

    desk: Desk
    card: Card
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def notes_url(self) -> str:
        return self.desk.url("notes:notes")

    @property
    def addendum_of(self) -> str:
        return "" if self.card.id == GROUP else self.card.id

    @property
    def is_signed(self) -> bool:
        return hasattr(self.desk.session, "notes_sign_off")


def save_group(desk: Desk, form: GroupForm) -> Outcome:
    """Save the part for every chart."""

    def save() -> Note | None:
        return save_group_note(
            session=desk.session,
            values=form.values(),
            version=form.over,
            by=desk.reader,
            now=desk.now,
        )

    def cautions(note: Any) -> Iterable[Caution]:
        return group_cautions(replace(desk.written, group=note))

    return _outcome(desk, form, save, cautions, desk.url("notes:addendum"))


def save_person(desk: Desk, part: Part, form: PersonForm) -> Outcome:
    """Save one person's part."""
    known = desk.session.goal_pk  # type: ignore[attr-defined]
    goal_id = _chosen(form, "goal", known, part.note.goal if part.note else None)

    def save() -> Note | None:
        return save_person_note(
            session=desk.session,
            participant=part.person.participant,
            stored=part.note,
            values=form.values(goal_id=goal_id),
            version=form.over,
            by=desk.reader,
            now=desk.now,
        )

    def cautions(note: Any) -> Iterable[Caution]:
        return part_cautions(desk.written, replace(part, note=note))

    return _outcome(desk, form, save, cautions, f"{desk.url('notes:addendum')}?of={part.id}")


def answer(request: HttpRequest, desk: Desk, part: Part | None, outcome: Outcome) -> HttpResponse:
    """Answer the script with a state line; without it, with the page or the way back to it."""
    if is_part(request):
        template, shown = "components/note_said.html", {"said": outcome.said}
        return part_answer(request, template, shown, version=outcome.version, status=outcome.status)
    if outcome.status == HTTPStatus.OK:
        messages.success(request, _("The note is saved."))
        card_id = part.id if part else GROUP
        return redirect(f"{desk.url('notes:notes')}#note-{card_id}")
    return part_page(request, desk, part, outcome)


def part_page(
    request: HttpRequest, desk: Desk, part: Part | None, outcome: Outcome | None = None
) -> HttpResponse:
    """Show one part on a page of its own, with what was typed."""
    card = card_of(desk, part, outcome)
    typed = outcome.typed.values if outcome and outcome.typed and not card.boxes else {}
    kept = tuple((label_of(name), text) for name, text in typed.items() if name in TEXTS and text)
    shown = {"page": PartPage(desk, card, kept)}
    return render(request, "notes/part.html", shown, status=outcome.status if outcome else 200)


def card_of(desk: Desk, part: Part | None, outcome: Outcome | None = None) -> Card:
    """Return the card of one person, or of the group part where nobody is given."""
    key = str(part.id) if part else GROUP
    if outcome:
        typed = {key: outcome.typed} if outcome.typed else {}
        desk = replace(desk, typed=typed, said={key: outcome.said})
    return person_cards(desk, [part])[0] if part else group_card(desk)


def _chosen(form: PartForm, name: str, known: int | None, stored: Any) -> int | None:
    """Return the key of what was chosen; one chosen before may stay, another must be known."""
    asked = form.cleaned_data.get(name) if form.is_valid() else None
    if stored is not None and stored.public_id == asked:
        return stored.pk
    if asked and known is None:
        form.add_error(name, form.fields[name].error_messages["invalid"])
    return known if asked else None


def _outcome(
    desk: Desk,
    form: PartForm,
    save: Callable[[], Note | None],
    cautions: Callable[[Note | None], Iterable[Caution]],
    addendum_url: str,
) -> Outcome:
    if form.errors:
        return _not_saved(form, *(str(each) for words in form.errors.values() for each in words))
    try:
        note = save()
    except AlreadySigned:
        words = _("Not saved: these notes are signed. Add what you typed as an addendum.")
        return _not_saved(form, words, addendum_url=addendum_url)
    except NotOpen as refused:
        return _not_saved(form, refused.words)
    except NewerNote as refused:
        return _newer(form, newer(refused.stored, zone=desk.zone))
    said = saved(note, cautions(note), zone=desk.zone, reader=desk.reader, now=desk.now)
    return Outcome(HTTPStatus.OK, said, note.version if note else 0)


def _newer(form: PartForm, said: Said) -> Outcome:
    version = said.theirs.version if said.theirs else 0
    return Outcome(HTTPStatus.CONFLICT, said, version, _typed(form))


def _not_saved(form: PartForm, *words: str, addendum_url: str = "") -> Outcome:
    said = Said(wrong=words, addendum_url=addendum_url)
    return Outcome(HTTPStatus.UNPROCESSABLE_ENTITY, said, typed=_typed(form))


def _typed(form: PartForm) -> Typed:
    names = [name for name in (*OF_GROUP, *OF_PERSON) if name in form.fields and form.sent(name)]
    errors = {name: " ".join(map(str, words)) for name, words in form.errors.items()}
    return Typed({name: str(form.data[name]) for name in names}, errors)

"""The page on which words are added to signed notes."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from attendance.notes.boxes import Option
from attendance.notes.cards import Card, Desk, group_card, person_cards
from attendance.notes.forms import AddendumForm
from attendance.notes.naming import names_in
from attendance.notes.page import when
from attendance.notes.written import Part, Written
from groups.models import GroupSession


@dataclass(frozen=True)
class AddendumPage:
    """Everything the template reads; `card` is the part as it was signed."""

    session: GroupSession
    when: str
    notes_url: str
    options: tuple[Option, ...]
    card: Card | None
    is_signed: bool
    asks_anyway: bool


def addendum_page(form: AddendumForm, desk: Desk) -> AddendumPage:
    """Return the page; the part it is about stands above the form."""
    chosen = str(form["of"].value() or "")
    part = next((each for each in desk.written.parts if str(each.id) == chosen), None)
    options = [Option("", _("The note for the group, in every chart"), not part)]
    options += [Option(str(each.id), each.name, each is part) for each in desk.written.parts]
    return AddendumPage(
        session=desk.session,
        when=when(desk.session),
        notes_url=desk.url("notes:notes"),
        options=tuple(options),
        card=person_cards(desk, [part])[0] if part else group_card(desk),
        is_signed=hasattr(desk.session, "notes_sign_off"),
        asks_anyway=form.has_error("text", "named"),
    )


def chosen_part(form: AddendumForm, written: Written) -> Part | None:
    """Return whose part the words belong to, None for the group's; an unknown one is refused."""
    asked = form.cleaned_data.get("of")
    part = written.of(asked) if asked else None
    if asked and part is None:
        form.add_error("of", _("Added to: choose one of the list."))
    return part


def names_somebody(form: AddendumForm, written: Written, part: Part | None) -> bool:
    """Say whether the form is to be shown again: it is wrong, or names another person."""
    if form.errors:
        return True
    names = names_in(
        form.cleaned_data["text"],
        of=[each.named for each in written.beside(part)],
        own=part.named if part else None,
    )
    if not names or form.cleaned_data["anyway"]:
        return False
    words = _("This names another person on the roster: “%(name)s”. Leave the name out.")
    form.add_error("text", ValidationError(words % {"name": ", ".join(names)}, code="named"))
    return True

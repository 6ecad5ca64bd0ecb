"""What is asked to choose a substitute, to add a co-facilitator, and to take one out."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.moving.change_form import ChangeForm, reason_box


class Act(StrEnum):
    """What a button of the page asks for."""

    SUBSTITUTE = "substitute"
    ADD = "add"
    TAKE_OUT = "take_out"


class LeaderField(forms.ChoiceField):
    """One of some people, by public id; it cleans to the person."""

    def __init__(self, *, required_words: Any, **kwargs: Any) -> None:
        words = {"required": required_words, "invalid_choice": required_words}
        super().__init__(error_messages=words, **kwargs)
        self.people: dict[str, User] = {}

    def offer(self, people: Mapping[User, str], *, empty: Any = None) -> None:
        """Let these people be chosen, who are called so."""
        self.people = {str(each.public_id): each for each in people}
        named = [(str(each.public_id), label) for each, label in people.items()]
        self.choices = [("", empty), *named] if empty else named

    def clean(self, value: Any) -> User:
        return self.people[super().clean(value)]


class LeaderForm(ChangeForm):
    """A change of who leads: `leader` is the person that it is about."""

    act: Act
    leader: LeaderField


class SubstituteForm(LeaderForm):
    """Who leads instead of whom, and why."""

    act = Act.SUBSTITUTE
    instead_of = LeaderField(
        label=_("Who cannot lead?"),
        required_words=_("Choose whom the substitute stands in for"),
        widget=forms.RadioSelect,
    )
    leader = LeaderField(
        label=_("Substitute"),
        required_words=_("Choose who leads instead"),
        widget=forms.RadioSelect,
    )
    reason = reason_box(
        _("Reason"),
        _("Such as ill, or in court. It is kept with the session; name no participant."),
        error_messages={"required": _("Say why somebody stands in")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        leaders: Mapping[User, str],
        candidates: Mapping[User, str],
        instead_of: str = "",
    ) -> None:
        super().__init__(data, initial={"instead_of": instead_of})
        self.fields["leader"].offer(candidates)  # type: ignore[attr-defined]
        self.fields["instead_of"].offer(leaders)  # type: ignore[attr-defined]
        if not leaders:
            del self.fields["instead_of"]
        elif len(leaders) == 1:
            self.initial["instead_of"] = str(next(iter(leaders)).public_id)


class AddForm(LeaderForm):
    """Who leads the session, too."""

    act = Act.ADD
    prefix = "add"
    leader = LeaderField(
        label=_("Co-facilitator"), required_words=_("Choose who is to lead it, too")
    )

    def __init__(self, data: Any = None, *, candidates: Mapping[User, str]) -> None:
        super().__init__(data)
        self.fields["leader"].offer(candidates, empty=_("Choose somebody"))  # type: ignore[attr-defined]


class TakeOutForm(LeaderForm):
    """Who leads the session no longer."""

    act = Act.TAKE_OUT
    prefix = "out"
    leader = LeaderField(
        label=_("Facilitator"), required_words=_("This person does not lead the session.")
    )

    def __init__(self, data: Any = None, *, leaders: Mapping[User, str]) -> None:
        super().__init__(data)
        self.fields["leader"].offer(leaders)  # type: ignore[attr-defined]

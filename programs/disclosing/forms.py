"""What is stated before something leaves, and what the list of it can be narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.keeping import NotKept
from programs.disclosing.actions import Statement
from programs.disclosing.grounds import BY_KEY, Asked, Way, ways_for
from programs.disclosing.releases import Covered, Releases, choices_in, covered_by
from programs.models import Basis, Participant, Program, Recipient
from programs.models.disclosure import DisclosureQuerySet
from programs.weeks import instant

SHORT, LONG = 120, 1_000


def _line(label: Any, *, hint: Any = "", listed: str = "") -> forms.CharField:
    attrs = {"autocomplete": "off", **({"list": listed} if listed else {})}
    box = forms.TextInput({"class": "form-control", **attrs})
    return forms.CharField(
        label=label, max_length=SHORT, required=False, widget=box, help_text=hint
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput({"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a date, such as 11/25/2026")},
    )


class StatementForm(forms.Form):
    """To whom, what for, and on what ground; each way out asks for what it needs."""

    way = forms.ChoiceField(
        label=_("To whom, and on what ground"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose to whom it goes, and on what ground")
        ),
    )
    release = forms.CharField(label=_("Release"), required=False, max_length=LONG)
    recipient_name = _line(_("Name of the recipient"))
    affiliation = _line(_("Where they work"))
    emergency = forms.CharField(
        label=_("Nature of the emergency"),
        required=False,
        max_length=LONG,
        widget=forms.Textarea({"class": "form-control", "rows": 2}),
    )
    purpose = forms.CharField(
        label=_("What for"),
        max_length=SHORT,
        widget=forms.TextInput(
            {"class": "form-control", "autocomplete": "off", "list": "purposes"}
        ),
        error_messages={"required": _("Say what it is for")},
    )

    def __init__(
        self, data: Any = None, *, people: Sequence[Participant], releases: Releases
    ) -> None:
        super().__init__(data)
        self.people, self.releases = people, releases
        self.choices = choices_in(releases)
        self.ways = ways_for(len(people))
        self.fields["way"].choices = [(way.key, way.key) for way in self.ways]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if (way := BY_KEY.get(said.get("way", ""))) is None:
            return said
        if not (way.needs_releases and said.get("release")):
            self._ask_for(way, said)
        if self.lacking:
            self.add_error(None, gettext("No release covers this. Nothing has left."))
        return said

    def _ask_for(self, way: Way, said: dict[str, Any]) -> None:
        words = {
            Asked.NAME: _("Say who receives it"),
            Asked.AFFILIATION: _("Say where the recipient works"),
            Asked.EMERGENCY: _("Say what the emergency is"),
        }
        for asked in way.asks:
            if asked in words and not said.get(asked):
                self.add_error(asked, words[asked])

    @property
    def way_out(self) -> Way | None:
        """The way out that was chosen."""
        return BY_KEY.get(self.cleaned_data.get("way", "")) if self.is_bound else None

    @property
    def to_whom(self) -> str:
        """The recipient's name: of a consent the one that the chosen release names."""
        way, said = self.way_out, self.cleaned_data
        if way is None or way.recipient == Recipient.OWN:
            return ""
        released = said.get("release", "") if way.needs_releases else ""
        return str(released or said.get("recipient_name", "")).strip()

    @cached_property
    def covered(self) -> Covered:
        """Whom a release to this recipient covers; asked for once the form was cleaned."""
        return covered_by(self.people, self.releases, self.to_whom)

    @property
    def rests_on_releases(self) -> bool:
        """Whether the chosen way asks for everybody's release."""
        way = self.way_out
        return way is not None and way.needs_releases and bool(self.to_whom)

    @property
    def lacking(self) -> tuple[Participant, ...]:
        """Who has no release for the recipient, where one is needed."""
        return self.covered.lacking if self.rests_on_releases else ()

    def statement(self) -> Statement:
        """Return what is stated; what the way out does not ask for is left out."""
        way, said = BY_KEY[self.cleaned_data["way"]], self.cleaned_data
        is_urgent = way.basis == Basis.EMERGENCY
        return Statement(
            recipient=way.recipient,
            basis=way.basis,
            purpose=said["purpose"],
            recipient_name=self.to_whom,
            emergency=said["emergency"] if is_urgent else "",
            affiliation=said["affiliation"] if is_urgent else "",
        )

    def add_refusal(self, refused: NotKept) -> None:
        """Put the words of what keeps it at the fields they are about."""
        for name, words in refused.words.items():
            self.add_error(name if name in self.fields else None, [str(word) for word in words])


class ListForm(forms.Form):
    """Narrows the list of what left; what cannot be read narrows nothing, and is said."""

    first_on = _day(_("From"))
    last_on = _day(_("To"))
    recipient = forms.ChoiceField(
        label=_("To whom"),
        required=False,
        choices=[("", _("Anybody")), *Recipient.choices],
        widget=forms.Select({"class": "form-select"}),
    )
    basis = forms.ChoiceField(
        label=_("On what ground"),
        required=False,
        choices=[("", _("Any ground")), *Basis.choices],
        widget=forms.Select({"class": "form-select"}),
    )

    @property
    def asked(self) -> dict[str, Any]:
        """What can be read of the address, by field."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrowed(self, found: DisclosureQuerySet, program: Program) -> DisclosureQuerySet:
        """Return those asked for; days are the program's."""
        asked = self.asked
        found = found.filter(
            **{name: asked[name] for name in ("recipient", "basis") if name in asked}
        )
        if first := asked.get("first_on"):
            found = found.filter(taken_at__gte=instant(first, time.min, program.zone))
        if last := asked.get("last_on"):
            day_after = last + timedelta(days=1)
            found = found.filter(taken_at__lt=instant(day_after, time.min, program.zone))
        return found

    def address(self, **also: object) -> str:
        """Return the question of the same list with `also`."""
        parts = {name: f"{value}" for name, value in self.asked.items()}
        return f"?{urlencode(parts | {name: f'{value}' for name, value in also.items()})}"

"""The pages that change somebody's place: what they are called, ask for, and say beforehand."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groups.joining.forms import ChangeForm
from groups.joining.preview import PlacePreview
from groups.joining.seats import line_of
from groups.kind_looks import KindLook, kind_look
from groups.models import GroupMembership, TherapyGroup, WaitingPlace
from groups.wording import clock, short_day
from programs.models import Enrollment
from programs.names import roster_names
from programs.weeks import local_date


@dataclass(frozen=True)
class ChangePage:
    """Everything the template reads; `preview` is None where nothing is to be worked out."""

    group: TherapyGroup
    title: str
    heading: str
    lede: str
    submit: str
    icon: str
    form: ChangeForm | None = None
    preview: PlacePreview | None = None

    @property
    def kind(self) -> KindLook:
        return kind_look(self.group.kind)

    @property
    def asks_why(self) -> bool:
        """Whether a reason is needed before it can be saved."""
        return self.preview is not None and self.preview.needs_reason

    @property
    def offers_waiting(self) -> bool:
        """Whether the person can be put on the waiting list instead."""
        chooses = self.form is not None and "person" in self.form.fields
        return chooses and self.preview is not None and self.preview.is_full


def join_page(group: TherapyGroup, form: ChangeForm, preview: PlacePreview) -> ChangePage:
    """Return the page that adds somebody."""
    return ChangePage(
        group=group,
        title=_("Add to a group"),
        heading=_("Add someone"),
        lede=group.name,
        submit=_("Add to the group"),
        icon="user-plus",
        form=form,
        preview=preview,
    )


def wait_page(group: TherapyGroup, form: ChangeForm, preview: PlacePreview) -> ChangePage:
    """Return the page that puts somebody on the waiting list."""
    return ChangePage(
        group=group,
        title=_("Waiting list"),
        heading=_("Put someone on the waiting list"),
        lede=_("%(group)s · in the order of asking") % {"group": group.name},
        submit=_("Put on the waiting list"),
        icon="list-plus",
        form=form,
        preview=preview,
    )


def move_page(place: GroupMembership, form: ChangeForm, preview: PlacePreview) -> ChangePage:
    """Return the page that moves somebody to another group."""
    words = _("%(stay)s. Their place here ends the day before the first day there.")
    return ChangePage(
        group=place.group,
        title=_("Move to another group"),
        heading=_("Move %(name)s") % {"name": _name(place.group, place.enrollment)},
        lede=words % {"stay": _stay(place)},
        submit=_("Move"),
        icon="arrow-right-left",
        form=form,
        preview=preview,
    )


def end_page(place: GroupMembership, form: ChangeForm, preview: PlacePreview) -> ChangePage:
    """Return the page that ends somebody's place."""
    words = _("%(name)s leaves %(group)s")
    name = _name(place.group, place.enrollment)
    return ChangePage(
        group=place.group,
        title=_("Leave a group"),
        heading=words % {"name": name, "group": place.group.name},
        lede=_stay(place),
        submit=_("End the place"),
        icon="log-out",
        form=form,
        preview=preview,
    )


def put_off_page(place: GroupMembership, form: ChangeForm, preview: PlacePreview) -> ChangePage:
    """Return the page on which somebody begins later."""
    words = _("%(name)s begins later")
    return ChangePage(
        group=place.group,
        title=_("Begin later"),
        heading=words % {"name": _name(place.group, place.enrollment)},
        lede=_stay(place),
        submit=_("Put off"),
        icon="calendar-clock",
        form=form,
        preview=preview,
    )


def stop_page(place: WaitingPlace) -> ChangePage:
    """Return the page that asks whether somebody is to step out of the line."""
    zone = place.group.program.zone
    asked_on = local_date(place.asked_at, zone)
    line = list(line_of(place.group, asked_on).values_list("pk", flat=True))
    words = _(
        "%(group)s · number %(number)s in line, since %(day)s, %(time)s. Whoever asks again comes"
        " in at the end."
    )
    numbers = {
        "group": place.group.name,
        "number": line.index(place.pk) + 1 if place.pk in line else "–",
        "day": short_day(asked_on),
        "time": clock(place.asked_at, zone),
    }
    return ChangePage(
        group=place.group,
        title=_("Waiting list"),
        heading=_("%(name)s steps out") % {"name": _name(place.group, place.enrollment)},
        lede=words % numbers,
        submit=_("Step out of the line"),
        icon="list-x",
    )


def _name(group: TherapyGroup, enrollment: Enrollment) -> str:
    """Return what the person is called among those of the group."""
    places = group.memberships.select_related("enrollment__participant")
    people = [each.enrollment.participant for each in places]
    return roster_names([*people, enrollment.participant])[enrollment.participant.chart_number]


def _stay(place: GroupMembership) -> str:
    """Return `Process A · since November 3 · until December 4`."""
    day = _("since %(day)s") % {"day": date_format(place.first_on)}
    said = [place.group.name, day]
    if place.last_on:
        said.append(_("until %(day)s") % {"day": date_format(place.last_on)})
    return " · ".join(said)

"""Which last day, or later first day, a place in a group can be given."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from groups.joining.days import changes_from
from groups.joining.stay import Words, past_words
from groups.models import GroupMembership
from groups.wording import short_day

A_DAY = timedelta(days=1)


def may_be_put_off(place: GroupMembership, now: datetime) -> bool:
    """Return whether the person has not been in the group yet."""
    return place.first_on >= changes_from(place.group, now, leaving=True)


def cannot_end(place: GroupMembership, last_on: date, now: datetime) -> Words:
    """Return why that cannot be the last day, in words by field; empty where it can."""
    since = changes_from(place.group, now, leaving=True)
    if place.last_on and last_on > place.last_on:
        words = _("They leave %(day)s. To stay longer they join again from the day after.")
        return _at("last_on", words, place.last_on)
    if last_on < place.first_on:
        words = _(
            "They begin %(day)s, so no last day is before that. Put the first day off, or move"
            " them to another group."
        )
        return _at("last_on", words, place.first_on)
    if last_on < since - A_DAY:
        words = _("Past rosters stay as they were. Choose %(day)s or a later day.")
        return _at("last_on", words, since - A_DAY)
    return {}


def cannot_leave(place: GroupMembership, first_on: date, now: datetime) -> Words:
    """Return why the person cannot be elsewhere from that day on; empty where they can."""
    since = changes_from(place.group, now, leaving=True)
    if place.last_on and first_on > place.last_on:
        words = _("They leave this group %(day)s. Choose that day or an earlier one.")
        return _at("first_on", words, place.last_on)
    if first_on < since:
        return {"first_on": [past_words(since, now, place.group)]}
    return {}


def cannot_put_off(place: GroupMembership, first_on: date, now: datetime) -> Words:
    """Return why that cannot be the first day; empty where it can."""
    if not may_be_put_off(place, now):
        words = _("They have been in the group since %(day)s. End the place or move them.")
        return _at("first_on", words, place.first_on)
    if first_on < place.first_on:
        return _at("first_on", _("They begin %(day)s. Choose a later day."), place.first_on)
    if place.last_on and first_on > place.last_on:
        words = _("They leave %(day)s. Choose that day or an earlier one.")
        return _at("first_on", words, place.last_on)
    return {}


def _at(field: str, words: str, day: date) -> Words:
    return {field: [words % {"day": short_day(day)}]}

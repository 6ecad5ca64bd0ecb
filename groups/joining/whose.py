"""Finds the places that one may change: those in the groups of the program, 404 elsewhere."""

from __future__ import annotations

import uuid

from django.shortcuts import get_object_or_404

from groups.models import GroupMembership, TherapyGroup, WaitingPlace
from programs.access import Access
from programs.models import Program


def group_to_change(access: Access, program: Program, public_id: uuid.UUID) -> TherapyGroup:
    """Return the program's group."""
    groups = TherapyGroup.objects.visible_to(access.user).filter(program=program)
    return get_object_or_404(groups.select_related("program__site"), public_id=public_id)


def membership_to_change(access: Access, program: Program, public_id: uuid.UUID) -> GroupMembership:
    """Return the place in one of the program's groups, with its group and whose it is."""
    groups = TherapyGroup.objects.visible_to(access.user).filter(program=program)
    places = GroupMembership.objects.filter(group__in=groups)
    return get_object_or_404(
        places.select_related("group__program__site", "enrollment__participant"),
        public_id=public_id,
    )


def waiting_place_to_change(access: Access, program: Program, public_id: uuid.UUID) -> WaitingPlace:
    """Return the place in the line for one of the program's groups, and whose it is."""
    groups = TherapyGroup.objects.visible_to(access.user).filter(program=program)
    places = WaitingPlace.objects.filter(group__in=groups)
    return get_object_or_404(
        places.select_related("group__program__site", "enrollment__participant"),
        public_id=public_id,
    )

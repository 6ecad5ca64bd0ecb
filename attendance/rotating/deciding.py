"""Looks at what a form of the plan would do, or does it, as it was looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.keeping import NotKept
from accounts.models import User
from attendance.rotating.forms import SAVE, LessonsForm, OrderForm, PlanForm, sent
from attendance.rotating.preview import PreviewPage, preview_words
from groups.models import GroupSession, TherapyGroup
from groups.rotation.actions import change_order, change_session
from groups.rotation.choosing import refuse_begun, refuse_choice, refuse_rotation
from groups.rotation.plan import GroupPlan
from groups.rotation.reading import needs_of, plan_of, seen_of
from groups.rotation.refusals import PlanHasChanged
from groups.wording import short_day


@dataclass(frozen=True)
class Asked:
    """Whose plan it is, who asks, from which address, and when."""

    group: TherapyGroup
    by: User
    url: str
    now: datetime


@dataclass(frozen=True)
class Decision:
    """What came of it: done, a preview, or neither where words in the form say why."""

    is_done: bool = False
    preview: PreviewPage | None = None


def decide_order(form: OrderForm, asked: Asked) -> Decision:
    """Set the order that was looked at, or show what it does."""
    cleaned, order = form.cleaned_data, form.order
    said = {"on_cancel": cleaned["on_cancel"], "is_repeating": cleaned["is_repeating"]}
    to = {"group": asked.group, "lessons": order, **said}
    save = partial(change_order, **to, seen=cleaned["seen"], now=asked.now, by=asked.by)

    def after(plan: GroupPlan) -> GroupPlan:
        refuse_rotation(asked.group, order)
        keys = [each.pk for each in order]
        return plan.knowing(order, needs_of(keys)).with_order(keys, **said)

    fields = {
        "lessons": [each.public_id for each in order],
        "on_cancel": said["on_cancel"],
        "is_repeating": "on" if said["is_repeating"] else "",
    }
    return _decided(form, asked, save, after, (_("The new order"), fields))


def decide_session(
    form: LessonsForm, session: GroupSession, came_from: GroupSession | None, asked: Asked
) -> Decision:
    """Choose the lessons that were looked at, or show what that does."""
    lessons = form.chosen()
    moved: dict[str, Any] = {"session": session, "lessons": lessons, "came_from": came_from}
    seen = form.cleaned_data["seen"]
    save = partial(change_session, **moved, seen=seen, now=asked.now, by=asked.by)

    def after(plan: GroupPlan) -> GroupPlan:
        refuse_begun([session, came_from] if came_from else [session], asked.now)
        if lessons:
            refuse_choice(session, lessons)
        keys = tuple(each.pk for each in lessons)
        freed = {came_from.pk: ()} if came_from else {}
        return plan.knowing(lessons, needs_of(keys)).with_fixed({**freed, session.pk: keys})

    fields = {
        "lessons": [each.public_id for each in lessons],
        "came_from": came_from.public_id if came_from else "",
        "give_back": "" if lessons else "on",
    }
    title = _("Lessons of %(day)s") % {"day": short_day(session.held_on)}
    return _decided(form, asked, save, after, (title, fields))


def _decided(
    form: PlanForm,
    asked: Asked,
    save: Callable[[], object],
    after: Callable[[GroupPlan], GroupPlan],
    shown: tuple[str, dict],
) -> Decision:
    is_stale = False
    try:
        if form.cleaned_data["act"] == SAVE:
            save()
            return Decision(is_done=True)
    except PlanHasChanged:
        is_stale = True
    except NotKept as refused:
        form.add_refusal(refused)
        return Decision()
    plan = plan_of(asked.group, asked.now)
    try:
        changed = after(plan)
    except NotKept as refused:
        form.add_refusal(refused)
        return Decision()
    return Decision(preview=_preview(form, asked, (plan, changed), shown, is_stale=is_stale))


def _preview(
    form: PlanForm,
    asked: Asked,
    plans: tuple[GroupPlan, GroupPlan],
    shown: tuple[str, dict],
    *,
    is_stale: bool,
) -> PreviewPage:
    group, (title, fields) = asked.group, shown
    moved, told = preview_words(*plans, group.program)
    return PreviewPage(
        program=group.program,
        group=group,
        title=title,
        moved=moved,
        told=told,
        seen=seen_of(plans[0], asked.now),
        fields=sent(form, fields),
        url=asked.url,
        back_url=reverse("rotation:rotation", args=[group.program.public_id, group.public_id]),
        is_stale=is_stale,
    )

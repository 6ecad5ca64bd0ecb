"""The page that closes days: the form, what falls, and the answers to choose from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from groups.closing.answer_page import AnswerPage, answer_page
from groups.closing.closing_plan import plan_closing
from groups.closing.forms import ClosingForm
from groups.closing.what_falls import WhatFalls, lessons_of_falling, what_falls
from programs.access import Access
from programs.models import Program
from programs.weeks import local_date


@dataclass(frozen=True)
class NewPage:
    """Everything the template reads. Without days to close there is nothing to tell yet."""

    program: Program
    form: ClosingForm
    asks_scope: bool
    falls: WhatFalls | None = None
    answers: AnswerPage | None = None


def new_page(*, form: ClosingForm, access: Access, now: datetime) -> NewPage:
    """Return the page for what the form says so far."""
    program, closure = form.program, form.closure()
    asks_scope = access.scope("programs.edit", program) is not None
    if closure is None:
        return NewPage(program, form, asks_scope)
    plan = plan_closing(closure, now)
    falls = what_falls(plan, access, program, local_date(now, program.zone))
    falls = replace(falls, lessons=lessons_of_falling(plan, access, now))
    return NewPage(program, form, asks_scope, falls, answer_page(plan, form, access, now))

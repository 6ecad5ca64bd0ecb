"""The health page as it looks at every width, well and not; and it looks again by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from iop.clockwork import CLOCKWORK
from reminders.models import Reminder, Sweep
from tests import build
from tests.browser.looks import LOOKS, assert_looks_right
from tests.build_reminders import a_reminder, a_sent_reminder


@pytest.fixture
def troubled(program) -> None:
    """The clock is late, a task has failed, some have not run, and mail waits."""
    now = timezone.now()
    for number, turn in enumerate(CLOCKWORK[3:]):
        ago = timedelta(minutes=70 if number % 4 == 0 else 1)
        Sweep.objects.create(
            name=turn.key,
            began_at=now - ago,
            ended_at=None if number == 1 else now - ago + timedelta(seconds=number),
            is_failed=number == 2,
            runs=9_000,
            failures=number,
        )
    for minutes in (1, 64):
        due_at = now - timedelta(minutes=minutes)
        facts = {"for_on": now.date(), "due_at": due_at, "channel": "email"}
        a_reminder(build.a_participant(), program, **facts)
        a_sent_reminder(build.a_participant(), program, **facts)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_looks(open_context, sign_in_to, program, director, troubled, width, scheme):
    context = open_context(width=width, color_scheme=scheme)
    sign_in_to(context, director)
    page = context.new_page()
    page.goto(f"/health/{program.public_id}/")
    expect(page.get_by_text("is the worker running, and beat?")).to_be_visible()
    assert_looks_right(page, f"{width} {scheme}")


def test_it_looks_again_by_itself(open_context, sign_in_to, program, director):
    context = open_context(width=1440)
    sign_in_to(context, director)
    page = context.new_page()
    page.clock.install()
    page.goto(f"/health/{program.public_id}/")
    row = page.get_by_role("listitem").filter(has_text="Reminders by email")
    expect(row).to_contain_text("None due")
    now = timezone.now()
    a_reminder(build.a_participant(), program, due_at=now, for_on=now.date())
    assert Reminder.objects.count() == 1
    page.clock.run_for(31_000)
    expect(row).to_contain_text("1 due")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)

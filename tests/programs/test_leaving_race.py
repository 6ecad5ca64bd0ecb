"""Two who take the same file in the same moment: one has it, the other is asked again."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import AuditEvent
from programs.models import Disclosure
from tests import build
from tests.at_once import at_once
from tests.build_trust import stated


@pytest.mark.django_db(transaction=True)
def test_one_statement_lets_one_file_out(client_of, director, program) -> None:
    build.an_enrollment(program, build.a_participant(), admitted_on="2020-01-01")
    first, second = client_of(director), client_of(director)
    taken_at = stated(first, f"/census/{program.public_id}/census.csv")

    def take(client: Client):
        return lambda: client.get(taken_at)["Content-Type"].partition(";")[0]

    kinds = at_once(take(first), take(second), words=())
    assert sorted(map(str, kinds)) == ["text/csv", "text/html"]
    assert Disclosure.objects.get().sha256
    assert AuditEvent.objects.filter(verb="disclosure.taken").count() == 1
    assert AuditEvent.objects.filter(verb="census.exported").count() == 1

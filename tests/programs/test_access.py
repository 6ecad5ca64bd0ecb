"""The guard at every page: signed in, in the program, in the role."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from programs.access import Access, access_of, needs
from programs.models import Program, Role, StaffAssignment
from programs.who_may import Scope
from tests import build
from tests.build import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def both() -> tuple[Program, Program]:
    return build.a_program(code="b-later"), build.a_program(code="a-first")


def of(user: User) -> Access:
    return access_of(User.objects.get(pk=user.pk))


def test_two_programs_and_two_roles(both: tuple[Program, Program]):
    later, first = both
    user = build.a_colleague(later, Role.FACILITATOR, Role.BILLING)
    build.an_assignment(user, first, Role.CLINICIAN)
    access = of(user)
    assert access.programs == [first, later]
    assert set(access.roles_in(later)) == {Role.FACILITATOR, Role.BILLING}
    assert access.roles_in(first) == [Role.CLINICIAN]


def test_the_widest_of_two_roles_counts(both: tuple[Program, Program]):
    program, elsewhere = both
    user = build.a_colleague(program, Role.FACILITATOR)
    assert of(user).scope("hours.read", program) is Scope.OWN
    build.an_assignment(user, program, Role.BILLING)
    access = of(user)
    assert access.scope("hours.read", program) is Scope.PROGRAM
    assert access.scope("attendance.mark", program) is Scope.OWN
    assert access.scope("participants.edit", program) is None
    assert access.scope("hours.read", elsewhere) is None


def test_programs_for_an_action(both: tuple[Program, Program]):
    later, first = both
    user = build.a_colleague(later, Role.DIRECTOR)
    build.an_assignment(user, first, Role.BILLING)
    access = of(user)
    assert access.programs_for("hours.read") == [first, later]
    assert access.programs_for("rules.edit") == [later]
    assert access.programs_for("attendance.sign") == []


def test_an_ended_assignment_opens_nothing(both: tuple[Program, Program]):
    program, _ = both
    user = build.a_user()
    build.an_assignment(user, program, Role.DIRECTOR, started_at=NOW, ended_at=NOW)
    assert of(user).programs == []
    build.an_assignment(user, program, Role.BILLING)
    assert of(user).roles_in(program) == [Role.BILLING]


def test_access_is_read_in_one_query(
    both: tuple[Program, Program], django_assert_num_queries: DjangoAssertNumQueries
):
    user = build.a_colleague(both[0], *Role)
    build.an_assignment(user, both[1], Role.BILLING)
    with django_assert_num_queries(1):
        access = access_of(user)
        assert [program.zone.key for program in access.programs] == [str(build.CHICAGO)] * 2
        assert access.programs_for("hours.export")


@needs("rules.edit")
def edit_rules(request: HttpRequest, program: Program) -> HttpResponse:
    return HttpResponse(program.code)


@needs("rules.edit")
def all_rules(request: HttpRequest) -> HttpResponse:
    return HttpResponse(",".join(program.code for program in request.access.programs))


@pytest.fixture
def get(rf) -> Callable[[User], HttpRequest]:
    def request_of(user: User) -> HttpRequest:
        request = rf.get("/")
        request.user = user
        return request

    return request_of


def test_with_the_role_the_view_gets_its_program(get: Callable, program, director: User):
    request = get(director)
    assert edit_rules(request, program_id=program.public_id).content == b"evening-iop"
    assert request.program == program
    assert all_rules(get(director)).content == b"evening-iop"


def test_without_the_role_it_is_forbidden(get: Callable, program, billing: User):
    with pytest.raises(PermissionDenied):
        edit_rules(get(billing), program_id=program.public_id)
    with pytest.raises(PermissionDenied):
        all_rules(get(billing))


def test_another_program_is_not_there(get: Callable, program, stranger: User):
    with pytest.raises(Http404):
        edit_rules(get(stranger), program_id=program.public_id)
    with pytest.raises(Http404):
        edit_rules(get(stranger), program_id=uuid.uuid4())
    assert all_rules(get(stranger)).content == b"day-php"


def test_a_former_colleague_is_a_stranger(get: Callable, program, director: User):
    StaffAssignment.objects.filter(user=director).update(started_at=NOW, ended_at=NOW)
    with pytest.raises(Http404):
        edit_rules(get(director), program_id=program.public_id)
    with pytest.raises(PermissionDenied):
        all_rules(get(director))


def test_only_lines_of_the_table_guard():
    with pytest.raises(KeyError, match=r"rules\.bend is not a line"):
        needs("rules.bend")
    assert edit_rules.needs == "rules.edit"


def test_signed_out_leads_to_the_door(client, program):
    for name, arguments in (("hours:boards", {}), ("hours:board", {"program_id": uuid.uuid4()})):
        page = reverse(name, kwargs=arguments)
        response = client.get(page)
        assert response.status_code == 302
        assert response.headers["Location"] == f"{reverse('account_login')}?next={page}"


def test_on_a_real_page(client_of: Callable, program, director, administrator, stranger):
    build.a_rule(program, effective_from="2020-01-01")
    page = reverse("hours:export", kwargs={"program_id": program.public_id})
    assert client_of(director).get(page).status_code == 200
    assert client_of(administrator).get(page).status_code == 403
    assert client_of(stranger).get(page).status_code == 404
    assert client_of(build.a_user()).get(reverse("hours:boards")).status_code == 403

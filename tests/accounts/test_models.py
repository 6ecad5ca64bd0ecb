"""Staff: one account per email, in whatever case it is written, and how they are shown."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate

from accounts.models import Theme, User
from tests import build
from tests.refusals import explains, refused

pytestmark = pytest.mark.django_db


def test_one_account_per_email_in_any_case():
    build.a_user("ana@clinic.example")
    build.a_user("ann@clinic.example")
    with refused("user_email_once"):
        User.objects.create(email="Ana@Clinic.example")
    explains(User(email="ANA@clinic.example", password="x"), "user_email_once")


def test_a_theme_is_a_known_one():
    user = build.a_user(theme=Theme.DARK)
    with refused("user_theme_known"):
        build.a_user(theme="pink")
    explains(user, "user_theme_known", theme="pink")


def test_an_email_is_kept_in_small_letters():
    assert build.a_user("Ana@Clinic.EXAMPLE").email == "ana@clinic.example"


def test_a_new_account_has_no_password_that_works():
    user = User.objects.create_user("ana@clinic.example")
    assert not user.has_usable_password()
    assert not user.check_password("")


def test_sign_in_by_email_in_any_case(rf):
    user = build.a_user("ana@clinic.example")
    request = rf.post("/sign-in/")
    assert authenticate(request, email="ANA@clinic.example", password=build.PASSWORD) == user
    assert authenticate(request, email="ana@clinic.example", password="something else") is None


def test_who_may_not_sign_in_any_more_does_not(rf):
    build.a_user("ana@clinic.example", is_active=False)
    request = rf.post("/sign-in/")
    assert authenticate(request, email="ana@clinic.example", password=build.PASSWORD) is None


def test_a_natural_key_is_the_email():
    user = build.a_user("ana@clinic.example")
    assert User.objects.get_by_natural_key("Ana@clinic.example") == user


@pytest.mark.parametrize(
    ("name", "credential", "shown"),
    [
        ("Ana Ruiz", "LCSW", "Ana Ruiz, LCSW"),
        ("Ana Ruiz", "", "Ana Ruiz"),
        ("", "LCSW", "ana@clinic.example"),
        ("", "", "ana@clinic.example"),
    ],
)
def test_colleagues_are_shown_by_name_and_credential(name: str, credential: str, shown: str):
    user = User(email="ana@clinic.example", name=name, credential=credential)
    assert user.display_name == shown


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ana Ruiz", "AR"),
        ("Ana Maria Ruiz", "AR"),
        ("Ana Ruiz-Vega", "AV"),
        ("ana", "A"),
        ("", "Z"),
    ],
)
def test_initials(name: str, initials: str):
    assert User(email="zoe@clinic.example", name=name).initials == initials


def test_public_ids_are_random():
    first, second = build.a_user(), build.a_user()
    assert first.public_id != second.public_id
    assert first.public_id.version == 4

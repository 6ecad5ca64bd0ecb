"""The pages about one's own account, in the order of the tabs over each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class OwnPage:
    """One tab: `within` are the pages that one reaches from it and which keep it marked."""

    label: Any
    view: str
    icon: str
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tab:
    """A tab as a page shows it."""

    label: str
    url: str
    icon: str
    is_current: bool


OWN_PAGES = (
    OwnPage(
        gettext_lazy("My sign-in"),
        "mfa_index",
        "key-round",
        (
            "account_change_password",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_add_webauthn",
            "rename_passkey",
            "remove_passkey",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
        ),
    ),
    OwnPage(gettext_lazy("Where I am signed in"), "my_sessions", "monitor-smartphone"),
    OwnPage(gettext_lazy("PIN"), "my_pin", "lock-keyhole"),
)


def own_tabs(request: HttpRequest) -> list[Tab]:
    """Return the tabs over a page about one's own account, this page's marked."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    return [
        Tab(str(page.label), reverse(page.view), page.icon, here in (page.view, *page.within))
        for page in OWN_PAGES
    ]


def own_pages(request: HttpRequest) -> dict[str, Any]:
    """Give templates the tabs; they are made when first used."""
    return {"own_tabs": SimpleLazyObject(lambda: own_tabs(request))}

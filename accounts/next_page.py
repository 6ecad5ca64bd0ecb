"""Where a form leads back to: a page of this site, by its path."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

FRONT_DOOR = "/"


def page_of_ours(request: HttpRequest, page: str) -> str:
    """Return the page where it is a path of this site, else the front door.

    What does not begin with a slash is none: `redirect` would take it for the name of a view.
    """
    is_ours = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()})
    return page if is_ours and page.startswith("/") else FRONT_DOOR

"""What a page of ours may do in a browser beside showing itself: next to nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# Passkeys are ours; a camera, a microphone or a place are nobody's business here.
ALLOWED = ("publickey-credentials-get", "publickey-credentials-create")
REFUSED = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "web-share",
    "xr-spatial-tracking",
)
POLICY = ", ".join([f"{name}=(self)" for name in ALLOWED] + [f"{name}=()" for name in REFUSED])


class PermissionsPolicy:
    """Says so with every answer, and where a browser reports what it refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.reports_to = f'csp="{reverse("browser_report")}"'

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = POLICY
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Reporting-Endpoints"] = self.reports_to
        return response

"""How many requests each page answered and how long it took, for Prometheus; nobody's data.

A page is told by its name in the site map, which holds no id. Where one web process has several
workers they count into files of one folder (PROMETHEUS_MULTIPROC_DIR, set by `iop/serving`), and
whichever of them is asked tells for all; each web process is asked by itself.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

METHODS = {"GET", "HEAD", "POST"}
NO_PAGE, OTHER = "no page", "other"
BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
OURS = CollectorRegistry(auto_describe=False)
ANSWERS = Counter("iop_requests", "Requests answered.", ["page", "method", "status"], registry=OURS)
SECONDS = Histogram(
    "iop_request_seconds", "How long they took.", ["page"], registry=OURS, buckets=BUCKETS
)


class CountRequests:
    """Counts every answer; stands inside of what serves static files, which are not counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        page = request.resolver_match.view_name if request.resolver_match else NO_PAGE
        method = request.method if request.method in METHODS else OTHER
        # What was done is done, also where no room is left to count (several workers: in files).
        with suppress(OSError):
            ANSWERS.labels(page, method, response.status_code).inc()
            SECONDS.labels(page).observe(time.perf_counter() - begun)
        return response


def register_requests(registry: CollectorRegistry) -> None:
    """Have the registry tell them too: this process's, or those of all that share its folder."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)
    else:
        registry.register(OURS)

"""Every address that hands out a file asks first where it goes, or is listed as showing nobody."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from programs.disclosing.nobody_in_it import NOBODY_IN_IT
from tests.source import APPS, expect_none

# How a view hands out something else than a page.
FILE = re.compile(
    r"\bfile_answer\(|Content-Disposition|content_type=|\b(File|StreamingHttp)Response\("
)
ENDING = re.compile(r"\.[a-z]{2,4}$")


def addresses_by_name(
    resolver: URLResolver | None = None, namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses_by_name(entry, inner)
        else:
            yield f"{namespace}{entry.name}", entry


def _own_functions(function: Callable, seen: set[Callable]) -> Iterator[Callable]:
    """Yield the function and those of its own modules of views that it calls, however deep."""
    function = inspect.unwrap(function)
    if function in seen:
        return
    seen.add(function)
    yield function
    called = getattr(function, "__globals__", {})
    for name in function.__code__.co_names:
        other = called.get(name)
        if not inspect.isfunction(other) or other.__module__.split(".")[0] not in APPS:
            continue
        if ".views" in f".{other.__module__}":
            yield from _own_functions(other, seen)


def hands_out_a_file(view: Callable, route: str) -> bool:
    text = "\n".join(inspect.getsource(each) for each in _own_functions(view, set()))
    return bool(FILE.search(text) or ENDING.search(route))


def test_what_hands_out_a_file_is_guarded_or_listed() -> None:
    loose = [
        name
        for name, entry in addresses_by_name()
        if inspect.isfunction(inspect.unwrap(entry.callback))
        and entry.callback.__module__.split(".")[0] in APPS
        and hands_out_a_file(entry.callback, str(entry.pattern))
        and not hasattr(entry.callback, "leaves")
        and name not in NOBODY_IN_IT
    ]
    expect_none(loose)


def test_the_list_holds_nothing_that_is_gone_or_guarded() -> None:
    entries = dict(addresses_by_name())
    stale = [name for name in NOBODY_IN_IT if name not in entries]
    guarded = [name for name in NOBODY_IN_IT if hasattr(entries.get(name), "leaves")]
    expect_none([*stale, *guarded])


def test_what_is_guarded_takes_a_statement() -> None:
    """The guard stands under the right one: what one may not open, one may not state."""
    guarded = [
        (name, entry.callback)
        for name, entry in addresses_by_name()
        if hasattr(entry.callback, "leaves")
    ]
    assert len(guarded) >= 25
    expect_none([name for name, view in guarded if not getattr(view, "needs", None)])
    expect_none([name for name, view in guarded if not str(view.leaves.label)])

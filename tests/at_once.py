"""Several people act in the same moment, each on a real connection of their own."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection

Act = Callable[[], object]


def at_once(*acts: Act, words: tuple[type[Exception], ...]) -> list[object]:
    """Do all acts at the same time; return what came of each, a refusal being one of `words`."""
    start = Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def one(index: int, act: Act) -> None:
        try:
            start.wait()
            results[index] = act()
        except words as refused:
            results[index] = refused
        finally:
            connection.close()

    threads = [Thread(target=one, args=(index, act)) for index, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results

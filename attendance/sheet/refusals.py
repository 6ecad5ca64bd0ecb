"""Why something was not put on record, in words."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import Promise


class ReadOnly(Exception):
    """This sheet is not to be marked: it is signed, cancelled, closed or far ahead."""


class CannotSign(Exception):
    """The sheet cannot be signed yet.

    `unmarked` are those without a mark; `is_for_safety`, where a safety answer waits.
    """

    def __init__(
        self, words: str, unmarked: tuple[uuid.UUID, ...] = (), *, is_for_safety: bool = False
    ) -> None:
        super().__init__(words)
        self.unmarked, self.is_for_safety = unmarked, is_for_safety


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row: where, and in words."""

    participant: uuid.UUID
    field: str
    words: str | Promise


class NotRecorded(Exception):
    """Something cannot be true, so nothing of it all was recorded."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(*(str(problem.words) for problem in problems))
        self.problems = tuple(problems)

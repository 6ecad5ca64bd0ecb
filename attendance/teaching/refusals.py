"""Why what was taught is not confirmed, not withdrawn, or not added to."""

from __future__ import annotations

from groups.models import Teaching


class CannotConfirm(Exception):
    """What was said cannot be so; `words` say what, and what would be right."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class AlreadyConfirmed(Exception):
    """Somebody confirmed something else first; `teaching` is theirs, None where it was imported."""

    def __init__(self, teaching: Teaching | None) -> None:
        super().__init__("confirmed")
        self.teaching = teaching


class AlreadyWithdrawn(Exception):
    """The lesson was withdrawn meanwhile."""

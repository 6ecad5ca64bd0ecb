"""What changes in a program's library: what stands on its shelves, what lessons say and need."""

from curriculum.library.actions.drafts import change_draft, drop_draft, publish, start_draft
from curriculum.library.actions.lessons import (
    add_lesson,
    bring_back_lesson,
    change_lesson,
    move_lesson,
    retire_lesson,
)
from curriculum.library.actions.needing import add_prerequisite, remove_prerequisite
from curriculum.library.actions.shelves import (
    add_module,
    add_track,
    change_module,
    change_track,
    move_module,
    move_track,
)

__all__ = [
    "add_lesson",
    "add_module",
    "add_prerequisite",
    "add_track",
    "bring_back_lesson",
    "change_draft",
    "change_lesson",
    "change_module",
    "change_track",
    "drop_draft",
    "move_lesson",
    "move_module",
    "move_track",
    "publish",
    "remove_prerequisite",
    "retire_lesson",
    "start_draft",
]

"""The page of the library's files: what can be taken along, and what a file would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curriculum.files.checking import Checked, check
from curriculum.files.parsing import Problem, parse
from curriculum.files.planning import Change, Plan, plan_entries
from curriculum.files.stored import StoredLesson, lessons_of
from curriculum.tabs import curriculum_tabs
from programs.access import Access
from programs.models import Program
from programs.whose import Tab

MOST_SHOWN = 200
NAMES = {
    "subject": gettext_lazy("subject of the track"),
    "source": gettext_lazy("source of the track"),
    "minutes": gettext_lazy("minutes"),
    "is_core": gettext_lazy("core"),
    "position": gettext_lazy("position"),
    "objectives": gettext_lazy("objectives"),
    "guide": gettext_lazy("facilitator guide"),
    "skills": gettext_lazy("skills taught"),
    "homework": gettext_lazy("homework"),
    "checklist": gettext_lazy("fidelity checklist"),
    "prerequisites": gettext_lazy("prerequisites"),
    "is_retired": gettext_lazy("retired"),
}


@dataclass(frozen=True)
class ChangeLine:
    """A lesson that changes: where it stands, in what, and whether that makes a new version."""

    name: str
    place: str
    words: str
    makes_version: bool


@dataclass(frozen=True)
class Shown:
    """What a file would do, or what is wrong with it; `mark` tells this plan from others."""

    plan: Plan
    checked: Checked
    new: tuple[tuple[str, str], ...]
    changed: tuple[ChangeLine, ...]
    mark: str

    @property
    def problems(self) -> Sequence[Problem]:
        return self.checked.problems[:MOST_SHOWN]

    @property
    def problems_more(self) -> int:
        return max(0, len(self.checked.problems) - MOST_SHOWN)

    @property
    def new_more(self) -> int:
        return max(0, len(self.plan.new) - MOST_SHOWN)

    @property
    def changed_more(self) -> int:
        return max(0, len(self.plan.changed) - MOST_SHOWN)


@dataclass(frozen=True)
class FilesPage:
    """Everything `curriculum_files/files.html` reads, the form aside."""

    program: Program
    tabs: tuple[Tab, ...]
    published: int
    drafts: int
    shown: Shown | None = None


def files_page(access: Access, program: Program, shown: Shown | None) -> FilesPage:
    """Return the page; five statements beside those of the file that is shown."""
    stored = lessons_of(program).values()
    published = sum(each.is_published for each in stored)
    return FilesPage(
        program=program,
        tabs=curriculum_tabs(access, program, here="curriculum_files:files"),
        published=published,
        drafts=len(stored) - published,
        shown=shown,
    )


def shown_of(content: bytes, program: Program) -> Shown:
    """Return what putting this file into the program's library would do."""
    stored = lessons_of(program)
    checked = check(parse(content), program.code, stored)
    plan = plan_entries(checked.entries, stored)
    return Shown(
        plan=plan,
        checked=checked,
        new=tuple((each.lesson, place_words(each.key)) for each in plan.new[:MOST_SHOWN]),
        changed=tuple(_line(each) for each in plan.changed[:MOST_SHOWN]),
        mark=plan.mark,
    )


def place_words(key: tuple[str, str, str]) -> str:
    """Return where a lesson stands: its track and module."""
    return f"{key[0]} · {key[1]}"


def _line(change: Change) -> ChangeLine:
    names = [str(NAMES[name]) for name in change.names]
    return ChangeLine(
        name=change.entry.lesson,
        place=place_words(change.entry.key),
        words=get_text_list(names, _("and")) or _only_a_draft(change.before),
        makes_version=change.makes_version,
    )


def _only_a_draft(before: StoredLesson) -> str:
    return "" if before.is_published else _("it was only a draft so far")

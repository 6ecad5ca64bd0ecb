"""The repository's own files and their syntax, for the tests that hold the conventions."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = (
    "accounts",
    "programs",
    "curriculum",
    "groups",
    "reminders",
    "attendance",
    "hours",
    "iop",
)
# Folders that are made, not written.
MADE = {".venv", "var", "node_modules", "__pycache__", "static-collected", "build", "dist"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A Python file of ours."""

    path: Path

    @property
    def name(self) -> str:
        """Its path from the root, as people write it."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def functions(self) -> Iterator[Function]:
        """All functions and methods, also those inside others."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def public_functions(self) -> Iterator[Function]:
        """The functions of the module itself that others may call."""
        return (
            node
            for node in self.tree.body
            if isinstance(node, Function) and not node.name.startswith("_")
        )


def written_files() -> Iterator[Path]:
    """Yield every file of the repository that somebody wrote."""
    for entry in sorted(ROOT.iterdir()):
        if entry.name in MADE or (entry.name.startswith(".") and entry.name != ".github"):
            continue
        yield from _below(entry)


def _below(entry: Path) -> Iterator[Path]:
    if entry.is_file():
        yield entry
        return
    for path in sorted(entry.rglob("*")):
        if path.is_file() and not MADE & set(path.relative_to(ROOT).parts):
            yield path


@lru_cache
def app_modules() -> tuple[Module, ...]:
    """All modules of the apps, without migrations."""
    return tuple(
        Module(path)
        for app in APPS
        for path in _below(ROOT / app)
        if path.suffix == ".py" and "migrations" not in path.parts
    )


@lru_cache
def modules_of_tests() -> tuple[Module, ...]:
    """All modules under tests/."""
    return tuple(Module(path) for path in _below(ROOT / "tests") if path.suffix == ".py")


@lru_cache
def templates() -> tuple[Path, ...]:
    """All templates."""
    return tuple(path for path in _below(ROOT / "templates") if path.suffix in {".html", ".txt"})


def named(*names: str) -> list[Module]:
    """Return the modules called so in any app, or lying in a package called so."""
    return [
        module
        for module in app_modules()
        if module.path.stem in names or module.path.parent.name in names
    ]


def lines_of(function: Function) -> int:
    """Return how many lines a function has from its `def`, its docstring not counted."""
    last = function.end_lineno or function.lineno
    lines = last - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None and first.end_lineno:
        lines -= first.end_lineno - first.lineno + 1
    return lines


def expect_none(found: Iterable[str]) -> None:
    """Fail with what was found, one a line."""
    assert not (lines := sorted(found)), "\n" + "\n".join(lines)

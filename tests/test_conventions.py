"""The house rules about code that no linter knows: sizes, places, clocks, actions, words."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from tests.source import (
    ROOT,
    Function,
    Module,
    app_modules,
    expect_none,
    lines_of,
    modules_of_tests,
    named,
    written_files,
)

NO_PLACE_FOR = {"services", "selectors", "managers", "signals", "mixins", "helpers", "utils"}
NO_APPS = {"core", "common", "utils"}
# Who may look at the clock: the doorways, and what stands in for them.
DOORWAYS = re.compile(
    r"/(views|tasks|shell|middleware|leaving)(/|\.py$)|/management/commands/|^iop/(demo|processes|embedded)"
)
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
CLOCKS |= {("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime")}
# An action writes one line of the trail, or many in one statement.
AUDITED = re.compile(r"\bwrite_audits?\(")
# Views that find their row by something else than who is asking.
FOUND_BY_SECRET = {("accounts/views.py", "Invitation")}


def over(limit: int, modules: list[Module] | tuple[Module, ...]) -> list[str]:
    return [
        f"{module.name}:{function.lineno} {function.name}: {lines_of(function)}"
        for module in modules
        for function in module.functions()
        if lines_of(function) > limit
    ]


def test_modules_are_short():
    expect_none([each.name for each in app_modules() if len(each.text.splitlines()) > 300])
    expect_none([each.name for each in modules_of_tests() if len(each.text.splitlines()) > 400])


def test_functions_are_short():
    expect_none(over(25, app_modules()))


def test_views_are_thin():
    expect_none(over(20, named("views")))


def test_tasks_are_thinner():
    expect_none(over(10, named("tasks")))


def depth(node: ast.AST) -> int:
    """Return how deep blocks lie in blocks; an `elif` is no deeper than its `if`."""
    blocks = ast.For | ast.While | ast.If | ast.With | ast.Try | ast.Match
    deepest = 0
    for child in ast.iter_child_nodes(node):
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and child in node.orelse
        deeper = isinstance(child, blocks) and not is_elif
        deepest = max(deepest, depth(child) + deeper)
    return deepest


def test_nothing_is_nested_deeper_than_three():
    deep = [
        f"{module.name}:{function.lineno} {function.name}"
        for module in app_modules()
        for function in module.functions()
        if depth(function) > 3
    ]
    expect_none(deep)


def test_there_is_one_place_for_each_kind_of_thing():
    nowhere = [
        each.name
        for each in app_modules()
        if NO_PLACE_FOR & {each.path.stem, each.path.parent.name}
    ]
    expect_none(nowhere)
    expect_none([name for name in NO_APPS if (ROOT / name).exists()])


def opening(module: Module) -> str:
    """Return the first paragraph of the module's docstring."""
    return (ast.get_docstring(module.tree) or "").partition("\n\n")[0]


def test_each_module_opens_with_a_sentence():
    silent = [
        each.name
        for each in (*app_modules(), *modules_of_tests())
        if each.text.strip() and not opening(each).endswith((".", "?"))
    ]
    expect_none(silent)


def test_only_doorways_read_the_clock():
    readers = [
        f"{module.name}:{node.lineno}"
        for module in app_modules()
        if not DOORWAYS.search(module.name)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and _dotted(node.func)[-2:] in CLOCKS
    ]
    expect_none(readers)


def _dotted(node: ast.AST) -> tuple[str, ...]:
    """Return ("datetime", "now") for `datetime.now`, as far as it is plain names."""
    if isinstance(node, ast.Attribute):
        return (*_dotted(node.value), node.attr)
    return (node.id,) if isinstance(node, ast.Name) else ()


def actions() -> Iterator[tuple[Module, Function]]:
    return ((module, each) for module in named("actions") for each in module.public_functions())


def wrong_actions(is_wrong: Callable[[Function], bool]) -> list[str]:
    return [f"{module.name} {action.name}" for module, action in actions() if is_wrong(action)]


def test_actions_take_keywords_only_and_who_acts():
    assert len(list(actions())) >= 3

    def is_wrong(action: Function) -> bool:
        names = {argument.arg for argument in action.args.kwonlyargs}
        return bool(action.args.args or action.args.posonlyargs) or "by" not in names

    expect_none(wrong_actions(is_wrong))


def mentions(action: Function, *names: str) -> bool:
    """Return whether one of the dotted names stands in the action or over it."""
    return any(".".join(_dotted(node)) in names for node in ast.walk(action))


def test_actions_own_their_transaction():
    """Or they are a row of other actions, each with its own."""
    atomic = {action.name for _, action in actions() if mentions(action, "transaction.atomic")}
    expect_none(wrong_actions(lambda action: not mentions(action, "transaction.atomic", *atomic)))


def test_a_module_of_actions_writes_the_trail():
    silent = {module.name for module, _ in actions() if not AUDITED.search(module.text)}
    expect_none(silent)


def test_views_reach_rows_through_who_may_see_them():
    unscoped = [
        f"{module.name}:{node.lineno} {'.'.join(_dotted(node))}"
        for module in named("views")
        for node, scoped in _managers(module.tree)
        if not scoped and (module.name, _dotted(node)[-2]) not in FOUND_BY_SECRET
    ]
    expect_none(unscoped)


def _managers(tree: ast.Module) -> Iterator[tuple[ast.Attribute, bool]]:
    """Yield each `X.objects`, and whether `.visible_to(…)` follows it."""
    followed = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "visible_to"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
            yield node, id(node) in followed


def test_migrations_are_named():
    unnamed = [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("*/migrations/0*.py")
        if re.search(r"\d_(auto_|initial$)|_and_more$", path.stem)
    ]
    expect_none(unnamed)


def test_each_dependency_says_why():
    listed = re.compile(r'^  "\w[\w\[\]-]*[=<>~;]')
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    silent = [
        line
        for before, line in pairwise(lines)
        if listed.match(line) and not before.startswith("  # ")
    ]
    expect_none(silent)


def test_each_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {
        "requirements.txt": project["project"]["dependencies"],
        "requirements-dev.txt": project["dependency-groups"]["dev"],
    }
    for name, dependencies in wanted.items():
        lock = (ROOT / name).read_text().lower()
        for dependency in dependencies:
            package = re.split(r"[\[=<>~;]", dependency)[0].lower()
            assert re.search(rf"^{re.escape(package)}(\[[\w,-]+\])?==", lock, re.M), package


# Put together here, so that this file does not name them either.
MACHINE = ["/".join(("", "work", "")), "/".join(("", "root", "")), "/".join(("..", "shared"))]
REGISTRIES = [".".join(("pypi", "org")), "file" + "s.pythonhosted", "regist" + "ry.npmjs"]
REGISTRIES += ["--index" + "-url", "--find" + "-links"]


@pytest.mark.parametrize("name", MACHINE + REGISTRIES)
def test_the_repository_depends_on_no_machine_and_no_registry(name: str):
    named_in = [
        path.relative_to(ROOT).as_posix()
        for path in written_files()
        if name in path.read_text(errors="ignore")
    ]
    expect_none(named_in)


def test_the_locks_hold_no_address():
    addresses = [
        f"{path.name}:{number}"
        for path in ROOT.glob("requirements*.txt")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if "http" in re.sub(r"^\S+==\S+|#.*", "", line)
    ]
    expect_none(addresses)

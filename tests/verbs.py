"""Finds in the sources every verb that the code puts on the trail."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from programs.who_may import WHO_MAY
from tests.source import Module, app_modules

# How a thing and what became of it are written: `note.saved`, `hours_rule.people_shown`.
VERB = re.compile(r"[a-z]+(?:_[a-z]+)*\.[a-z]+(?:_[a-z]+)*")
# What becomes of a thing ends in such a word; so a file's name or a line of who-may is none.
DONE = re.compile(
    r"\.(?:[a-z_]+_)?(?:[a-z]+ed|read|begun|given|given_back|set|set_up|left|made|made_up|taken"
    r"|taken_off|taken_out|taken_back|put_off|put_back|put_in|brought_back|told|moved|waits|usual"
    r"|out|seen_to|seen|sent|kept|shown|opened_again|held|lost|found|undone|failed|wiped|chosen|withdrawn)(?:_[a-z]+)?"
)
WRITES = {"write_audit", "audit_event"}


def written_verbs() -> dict[str, str]:
    """Return each verb, and where it stands.

    A verb may be handed on before it is written; so may a line of the who-may table, which is none
    unless it stands where a line of the trail is written.
    """
    return {
        verb: f"{module.name}:{line}"
        for module in app_modules()
        if not module.name.startswith(("iop/demo", "programs/trail/words"))
        for verb, line in _in(module)
    }


def _in(module: Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and _name(node) in WRITES and node.args:
            for each in ast.walk(node.args[0]):
                if text := _verb(each):
                    yield text, node.lineno
        if (
            (text := _verb(node))
            and text not in WHO_MAY
            and DONE.fullmatch(text[text.index(".") :])
        ):
            yield text, getattr(node, "lineno", 0)


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _verb(node: ast.AST) -> str:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text and VERB.fullmatch(node.value) else ""

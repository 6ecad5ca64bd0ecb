"""A secret comes from the environment or from a file, and what is wrong is said by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from iop.secret_files import SECRETS, read_secret_files


@pytest.mark.parametrize("name", SECRETS)
def test_a_file_says_it_once(name: str, tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("postgresql://iop:a%20word@db.invalid/iop\n")
    environ = {f"{name}_FILE": str(path), "PORT": "8000"}
    read_secret_files(environ)
    assert environ == {name: "postgresql://iop:a%20word@db.invalid/iop", "PORT": "8000"}
    # A process that it starts reads the same again, and no file.
    read_secret_files(environ)
    assert environ[name] == "postgresql://iop:a%20word@db.invalid/iop"


def test_nothing_named_changes_nothing() -> None:
    environ = {"IOP_SECRET_KEY": "abc", "IOP_FIELD_KEYS_FILE": ""}
    read_secret_files(environ)
    assert environ == {"IOP_SECRET_KEY": "abc"}


@pytest.mark.parametrize(
    ("content", "given", "words"),
    [
        (None, "", "IOP_SECRET_KEY_FILE: .* cannot be read"),
        (b"  \n", "", "IOP_SECRET_KEY_FILE: .* is empty"),
        (b"\xff\xfe\xfa", "", "cannot be read"),
        (b"one", "another", "say different things"),
    ],
)
def test_what_is_wrong_is_said_without_the_secret(
    content: bytes | None, given: str, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ImproperlyConfigured, match=words) as refused:
        read_secret_files({"IOP_SECRET_KEY_FILE": str(path), "IOP_SECRET_KEY": given})
    assert "another" not in str(refused.value)

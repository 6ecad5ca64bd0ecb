"""Writes the lock files anew from pyproject.toml: every package, for every platform, by hash.

`--upgrade` takes newer releases; without it, what is locked and still fits stays.
"""

# ruff: noqa: S603, T201 (a command-line tool that runs other tools)

from __future__ import annotations

import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Not in .venv: its packages are exactly those of the lock files.
SCRATCH = ROOT / "var" / "lock"
UV = SCRATCH / "bin" / "uv"
OPTIONS = ["--universal", "--python-version", "3.11", "--generate-hashes"]
OPTIONS += ["--no-emit-index-url", "--no-header", "--no-annotate", "--quiet"]


def main(options: list[str]) -> None:
    """Compile the runtime's lock file, then that of the development tools beside it."""
    if not UV.exists():
        venv.create(SCRATCH, with_pip=True)
        run(SCRATCH / "bin" / "python", "-m", "pip", "install", "--quiet", "uv")
    compile_to("requirements.txt", ROOT / "pyproject.toml", *options)
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]["dev"]
    tools = SCRATCH / "dev.in"
    tools.write_text("".join(f"{line}\n" for line in wanted))
    # What both need is of one version: the runtime's.
    compile_to("requirements-dev.txt", tools, "--constraint", "requirements.txt", *options)
    print("Wrote requirements.txt and requirements-dev.txt.")


def compile_to(lock_file: str, source: Path, *options: str) -> None:
    """Compile one source of wishes into one lock file."""
    run(UV, "pip", "compile", *OPTIONS, *options, "--output-file", lock_file, source)


def run(*command: str | Path) -> None:
    """Run a tool in the project's folder; its failure ends this one too."""
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main(sys.argv[1:])

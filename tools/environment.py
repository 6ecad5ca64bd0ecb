"""Makes `.venv` hold what the lock files say: `environment.py runtime`, or `runtime dev`.

Run through environment.sh by the Python that the environment is to be of. Uses pip alone. What is
installed is written down in stamps inside `.venv`, so that a second run takes no time; a run that
was killed is begun anew, since pip may have left half a package.
"""

# ruff: noqa: S603, T201 (a command-line tool that runs other tools)

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
import venv
from collections import deque
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
AT_WORK = VENV / ".at-work"
LOCK_FILES = {"runtime": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


def main(parts: list[str]) -> int:
    """Install these parts and return the exit status."""
    # Two `make` in two terminals take turns. The lock is the operating system's own: it leaves no
    # file, and a killed run holds none.
    with LOCK_FILES["runtime"].open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not all(stamp(part).exists() for part in parts) or not runs():
            make()
            for part in parts:
                if not stamp(part).exists():
                    install(part)
    return 0


def stamp(part: str) -> Path:
    """Return the file that says this part is installed as its lock file stands now."""
    content = LOCK_FILES[part].read_bytes() + VERSION.encode()
    return VENV / f".{part}-{hashlib.sha256(content).hexdigest()[:16]}"


def runs() -> bool:
    """Return whether the environment has a working Python of our version, and pip."""
    if AT_WORK.exists() or not PYTHON.exists():
        return False
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    answer = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=False)
    pip = VENV / "lib" / f"python{VERSION}" / "site-packages" / "pip"
    return answer.stdout.strip() == VERSION and pip.is_dir()


def make() -> None:
    """Make an empty environment, unless the one that is there can be built on."""
    if runs():
        return
    if VENV.exists():
        say(f"Making .venv anew: it was left half-made, or is not of Python {VERSION}.")
        shutil.rmtree(VENV)
    say(f"Making .venv with Python {VERSION} …")
    venv.create(VENV, with_pip=True)


def install(part: str) -> None:
    """Install one lock file, each package checked against its hash. Exits where pip fails."""
    lock_file = LOCK_FILES[part]
    say(f"Installing {lock_file.name}; the first time this takes a minute or two …")
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--progress-bar", "off"]
    AT_WORK.touch()
    with subprocess.Popen(
        [*command, "--disable-pip-version-check", "-r", str(lock_file)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as pip:
        last_words = followed(pip.stdout or [], packages_in(lock_file))
    AT_WORK.unlink()
    if pip.returncode:
        say("".join(last_words) + f"pip could not install {lock_file.name}.")
        sys.exit(1)
    for old in VENV.glob(f".{part}-*"):
        old.unlink()
    stamp(part).touch()


def packages_in(lock_file: Path) -> int:
    """Return how many packages a lock file names; hashes stand on indented lines."""
    return sum(line[:1].isalnum() for line in lock_file.read_text().splitlines())


def followed(output: Iterable[str], packages: int) -> deque[str]:
    """Say how far pip is, now and then; return its last lines."""
    last_words: deque[str] = deque(maxlen=15)
    looked_at = 0
    for line in output:
        last_words.append(line)
        if line.startswith(("Collecting ", "Requirement already")):
            looked_at += 1
            if looked_at % 10 == 0:
                say(f"  {looked_at} of about {packages} packages fetched")
        elif line.startswith("Installing collected"):
            say("  unpacking them …")
    return last_words


def say(text: str) -> None:
    """Print at once, even where output is not a terminal."""
    print(text, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

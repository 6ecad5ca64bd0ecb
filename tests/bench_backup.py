"""`make bench ARGS="--only backup"`: seconds and memory of a backup, its check and a restore.

Each is a process of its own, on a made-up clinic (`--scale`), then on the same with 300 documents
of 1 MB and 200,000 lines of the trail more. Beside it stands what pg_dump alone takes.
"""

from __future__ import annotations

import base64
import os
import secrets
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import connection

from accounts.models import AuditEvent
from iop.backup.place import Place, own_place
from iop.backup.programs import COMPRESSION, programs_for
from iop.scale.actions import seed_clinic
from iop.scale.size import PRESETS, Size
from tests import build, build_episodes
from tests.bench_scale import TODAY

ROOT = Path(__file__).resolve().parent.parent
MB = 1_000_000
DOCUMENTS, LINES, AT_ONCE = 300, 200_000, 5_000
KEY = base64.b64encode(b"k" * 32).decode()


def bench_backup(scale: str) -> None:
    """Print one line per size, then the same with documents and a long trail."""
    size = Size(today=TODAY, sites=PRESETS[scale])
    seed_clinic(size=size, password="!", say=lambda line: None, by=None)
    print(
        f"{'':>16}  {'rows':>9}  {'files':>5}  {'backup':>8}  {'takes':>7}  {'MB/s':>5}"
        f"  {'memory':>7}  {'pg_dump':>7}  {'check':>6}  {'restore':>8}  {'memory':>7}"
    )
    with tempfile.TemporaryDirectory() as top:
        _one(f"{scale}", Path(top))
        _grow()
        _one("with documents", Path(top))


def _one(words: str, top: Path) -> None:
    place, target = own_place(), top / f"{secrets.token_hex(4)}.backup"
    rows, files, held = _held(place)
    backed_up, memory = _manage(["backup", str(target)])
    alone = _pg_dump_alone(place)
    checked, _ = _manage(["restore", str(target), "--check"])
    into = replace(place, name=f"{place.name}_restored")
    try:
        there = ["--into", _url(into), "--files", str(top / secrets.token_hex(4))]
        restored, more_memory = _manage(["restore", str(target), *there])
    finally:
        with place.connect_beside() as beside:
            beside.execute(f"DROP DATABASE IF EXISTS {into.name} WITH (FORCE)".encode())
    print(
        f"{words:>16}  {rows:>9,}  {files:>5,}  {target.stat().st_size / MB:>5,.0f} MB"
        f"  {backed_up:>5.1f} s  {held / MB / backed_up:>5.0f}  {memory / MB:>4.0f} MB"
        f"  {alone:>5.1f} s  {checked:>4.1f} s  {restored:>6.1f} s  {more_memory / MB:>4.0f} MB"
    )


def _held(place: Place) -> tuple[int, int, int]:
    """Return rows, files, and the bytes of both."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
        cursor.execute("SELECT sum(n_live_tup) FROM pg_stat_user_tables")
        rows = int(cursor.fetchone()[0])
    files = [path.stat().st_size for path in Path(settings.DOCUMENTS_ROOT).glob("*")]
    return rows, len(files), size + sum(files)


def _manage(words: list[str]) -> tuple[float, int]:
    """Run a command; return its seconds, and the most memory it or its programs had, in bytes."""
    told = {"DATABASE_URL": _url(own_place()), "IOP_BACKUP_KEY": KEY}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**os.environ, **told, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"manage.py {words[0]} failed.")
    return time.perf_counter() - began, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _pg_dump_alone(place: Place) -> float:
    with place.connect() as connected:
        folder, _ = programs_for(connected.info.server_version // 10000)
    began = time.perf_counter()
    command: list[str | Path] = [folder / "pg_dump", "--format=custom", COMPRESSION]
    subprocess.run(command, env=place.environment(), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def _grow() -> None:
    """Add documents of random bytes and a long trail."""
    root = Path(settings.DOCUMENTS_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    person = build.a_participant()
    for _ in range(DOCUMENTS):
        document = build_episodes.a_document(person, stored_name=secrets.token_hex(16))
        (root / document.stored_name).write_bytes(os.urandom(MB))
    for _ in range(0, LINES, AT_ONCE):
        AuditEvent.objects.bulk_create(
            AuditEvent(verb="search.made", detail={"found": number}) for number in range(AT_ONCE)
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")


def _url(place: Place) -> str:
    host = "".join(f"%{byte:02X}" for byte in place.host.encode())
    return f"postgresql://{place.user}:{place.password}@{host}:{place.port or 5432}/{place.name}"

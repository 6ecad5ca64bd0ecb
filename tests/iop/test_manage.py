"""The command line: which commands open servers, and what it says when it cannot."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from iop.processes.port import wanted_port
from manage import needs_servers

BASE_DIR = Path(__file__).resolve().parents[2]


def manage(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "iop.settings", **environ},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("", False),
        ("help migrate", False),
        ("migrate --help", False),
        ("--version", False),
        ("check --deploy", False),
        ("check --database default", True),
        ("makemigrations --check", True),
        ("weekly_hours --format json", True),
        ("demo", True),
    ],
)
def test_only_what_reads_or_writes_records_opens_servers(line, needed):
    assert needs_servers(["manage.py", *line.split()]) is needed


def test_help_starts_no_server(tmp_path):
    done = manage("version", IOP_DATA_DIR=str(tmp_path), DATABASE_URL="", REDIS_URL="")
    assert done.returncode == 0
    assert not (tmp_path / "locks").exists()


def test_a_server_that_does_not_answer_is_one_sentence_and_no_traceback():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        url = f"postgresql://office:swordfish@127.0.0.1:{port}/iop"
        done = manage("showmigrations", DATABASE_URL=url)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert f"port {port}" in done.stderr
    assert "swordfish" not in done.stderr


def test_a_demo_without_a_port_says_so_before_anything_else(tmp_path):
    done = manage("demo", IOP_DATA_DIR=str(tmp_path / "var"), PORT="eight", DATABASE_URL="")
    assert done.returncode == 1
    assert done.stderr == "PORT=eight is not a port. Please give a number from 1 to 65535.\n"
    assert not (tmp_path / "var" / "postgres").exists()
    assert wanted_port({"PORT": "8001"}) == 8001


def test_ctrl_c_ends_a_command_without_a_traceback():
    command = "import sys, time; print('asleep', flush=True); time.sleep(600)"
    with subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--no-imports", "--command", command],
        cwd=BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "iop.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "asleep\n"
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=180)
    assert process.returncode == 130
    assert said == ""


@pytest.mark.embedded
def test_a_first_command_makes_the_tables_of_an_embedded_database(tmp_path):
    words = ["weekly_hours", "--format", "json"]
    done = manage(*words, IOP_DATA_DIR=str(tmp_path), DATABASE_URL="", REDIS_URL="")
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
    assert "First use: making the tables" in done.stderr


def test_a_given_database_without_tables_is_left_alone():
    empty = os.environ["DATABASE_URL"]
    with psycopg.connect(empty) as connection:
        has_tables = connection.execute("SELECT to_regclass('django_migrations')").fetchone()
    if has_tables != (None,):
        pytest.skip("the database given for the tests has tables of its own")
    done = manage("weekly_hours", IOP_EMBEDDED="")
    assert done.returncode == 1
    assert "python manage.py migrate" in done.stderr
    assert "Traceback" not in done.stderr

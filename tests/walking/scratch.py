"""A scratch database for the programs of this package, as the tests have one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.source import ROOT


@contextmanager
def scratch_database() -> Iterator[None]:
    """Open the servers and make a database; nothing of Django may be imported before."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from iop.embedded import servers_in_environment

    data_dir = ROOT / (os.environ.get("IOP_DATA_DIR") or "var/test")
    with servers_in_environment(
        data_dir, os.environ, say=lambda text: print(text, file=sys.stderr)
    ):
        import django

        django.setup()
        from django.test.utils import setup_databases, setup_test_environment, teardown_databases

        from accounts.database_roles import as_owner

        setup_test_environment()
        with as_owner():
            made = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
        try:
            yield
        finally:
            with as_owner():
                teardown_databases(made, verbosity=0)

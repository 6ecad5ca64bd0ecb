"""Django's migrate, run as the tables' owner, followed by what the application may do."""

from functools import partial

from django.core.management import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError

from accounts.database_roles import as_owner, grant_to_application
from accounts.migrating import LOCK_SECONDS, TRIES, is_lock_refused, patiently

IN_USE = (
    "A table stayed in use for all {tries} tries. What was migrated before that stays; nothing of"
    " the rest was changed. Run the command again when less is going on."
)


class Command(Migrate):
    help = "Migrate as the tables' owner, then grant the application its rights."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--lock-seconds", type=float, default=LOCK_SECONDS,
            help="how long a change may wait for a table, and pages behind it",
        )  # fmt: skip
        parser.add_argument("--lock-tries", type=int, default=TRIES)

    def execute(self, *args, **options):
        lock = {"lock_seconds": options["lock_seconds"], "tries": options["lock_tries"]}
        with as_owner():
            try:
                output = patiently(
                    partial(super().execute, *args, **options), say=self.stderr.write, **lock
                )
                patiently(grant_to_application, say=self.stderr.write, **lock)
            except OperationalError as error:
                if not is_lock_refused(error):
                    raise
                raise CommandError(IN_USE.format(tries=lock["tries"])) from None
        return output

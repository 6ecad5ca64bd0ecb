"""Django's flush, as the owner: the application's role may not empty a table. Tests need it."""

from django.core.management.commands.flush import Command as Flush

from accounts.database_roles import as_owner


class Command(Flush):
    def execute(self, *args, **options):
        with as_owner():
            return super().execute(*args, **options)

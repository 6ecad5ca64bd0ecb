"""Django's migrate, run as the tables' owner, followed by what the application may do."""

from django.core.management.commands.migrate import Command as Migrate

from accounts.database_roles import as_owner, grant_to_application


class Command(Migrate):
    help = "Migrate as the tables' owner, then grant the application its rights."

    def execute(self, *args, **options):
        with as_owner():
            output = super().execute(*args, **options)
            grant_to_application()
        return output

"""Django's makemigrations, as the owner: the application's role may not exist yet."""

from django.core.management.commands.makemigrations import Command as MakeMigrations

from accounts.database_roles import as_owner


class Command(MakeMigrations):
    def execute(self, *args, **options):
        with as_owner():
            return super().execute(*args, **options)

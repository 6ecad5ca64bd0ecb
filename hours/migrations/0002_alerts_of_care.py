"""Alerts are of care too: the model takes its shorter name first."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("hours", "0001_first")]

    operations = [migrations.RenameModel("WeeklyHoursAlert", "Alert")]

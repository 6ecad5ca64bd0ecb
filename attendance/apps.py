"""The attendance app tells planning which sessions must stay."""

from __future__ import annotations

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "attendance"

    def ready(self) -> None:
        from attendance.recorded import recorded_among  # noqa: PLC0415 (models load after apps)
        from groups.schedule.fixed import fixed_where  # noqa: PLC0415

        fixed_where(recorded_among)

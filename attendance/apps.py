"""The attendance app tells planning which sessions must stay, and others what they ask of it."""

from __future__ import annotations

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "attendance"

    def ready(self) -> None:
        # Models load after apps.
        from attendance.emergency.telling import tell_of_disclosure  # noqa: PLC0415
        from attendance.recorded import absent_in, last_record_on, recorded_among  # noqa: PLC0415
        from groups.episodes.rosters import recorded_by  # noqa: PLC0415
        from groups.making_up.on_record import on_record_by  # noqa: PLC0415
        from groups.schedule.fixed import fixed_where  # noqa: PLC0415
        from programs.disclosing.urgent import told_by  # noqa: PLC0415

        fixed_where(recorded_among)
        recorded_by(last_record_on)
        on_record_by(absent_in)
        told_by(tell_of_disclosure)

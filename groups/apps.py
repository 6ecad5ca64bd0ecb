"""The groups app tells the library which lessons groups still count on."""

from __future__ import annotations

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "groups"

    def ready(self) -> None:
        # Models load after apps.
        from curriculum.library.uses import used_where  # noqa: PLC0415
        from groups.lesson_uses import lesson_uses  # noqa: PLC0415
        from groups.whose_people import people_led, session_times  # noqa: PLC0415
        from programs.trail.patterns.reach import known_by  # noqa: PLC0415

        used_where(lesson_uses)
        known_by(own_people=people_led, times=session_times)

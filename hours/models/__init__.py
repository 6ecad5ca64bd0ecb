"""What the hourly check found: one alert per enrollment, week and kind."""

from hours.models.alert import AlertKind, WeeklyHoursAlert

__all__ = ["AlertKind", "WeeklyHoursAlert"]

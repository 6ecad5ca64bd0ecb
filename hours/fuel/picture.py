"""The gauge as a picture: used, not recorded yet, scheduled, against what was approved."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hours.fuel.gauge import Gauge
from hours.minute_bar import Segment


@dataclass(frozen=True)
class GaugePicture:
    """Everything a page draws and reads out; places in percent, as SVG wants them.

    `approved_x` is where the approved units end: the right end, unless more is used or scheduled.
    """

    label: str
    segments: tuple[Segment, ...]
    approved_x: str
    is_over: bool


def gauge_picture(gauge: Gauge) -> GaugePicture:
    """Return the picture of one gauge."""
    amounts = (("used", gauge.used), ("unr", gauge.waiting), ("sched", gauge.scheduled))
    total = sum(units for _kind, units in amounts)
    whole = max(gauge.approved, total, 1)
    segments, x = [], 0
    for kind, units in amounts:
        if units:
            segments.append(Segment(kind, _percent(x, whole), _percent(units, whole)))
        x += units
    return GaugePicture(
        label=_label(gauge),
        segments=tuple(segments),
        approved_x=_percent(gauge.approved, whole),
        is_over=total > gauge.approved,
    )


def _percent(units: int, whole: int) -> str:
    return f"{100 * units / whole:.2f}%"


def _label(gauge: Gauge) -> str:
    parts = [_("%(n)s used") % {"n": gauge.used}]
    if gauge.waiting:
        parts.append(_("%(n)s not recorded yet") % {"n": gauge.waiting})
    parts.append(_("%(n)s scheduled") % {"n": gauge.scheduled})
    return _("%(parts)s, of %(approved)s approved") % {
        "parts": ", ".join(parts),
        "approved": gauge.approved,
    }

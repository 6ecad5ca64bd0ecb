"""The page of trends as a PDF: the same pictures, each with its table."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from hours.trends.charts import chart_of
from hours.trends.heat import heat_of
from hours.trends.page import foot_of
from hours.trends.paper import Leaf, Section, pdf_of_leaf, star
from hours.trends.reading import Trends
from hours.trends.tables import Topic, table_of


def pdf_of(trends: Trends, *, made_by: User, now: datetime) -> bytes:
    """Return the PDF; there is at least one week."""
    span = trends.span
    return pdf_of_leaf(
        Leaf(
            title=_("Trends"),
            program=span.program,
            about=_("%(first)s to %(last)s")
            % {
                "first": date_format(span.weeks[0].first_on, "DATE_FORMAT"),
                "last": date_format(span.weeks[-1].last_on, "DATE_FORMAT"),
            },
            sections=tuple(_section(topic, trends) for topic in Topic),
            made_by=made_by,
            made_at=now,
        )
    )


def _section(topic: Topic, trends: Trends) -> Section:
    differing = topic is Topic.MET and any(week.differs for week in trends.weeks)
    return Section(
        table=table_of(topic, trends),
        chart=chart_of(topic, trends),
        heat=heat_of(trends) if topic is Topic.ATTENDANCE else None,
        notes=(*([star()] if differing else []), foot_of(topic)),
    )

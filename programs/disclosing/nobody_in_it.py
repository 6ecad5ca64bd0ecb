"""Files that leave without a statement, since nobody in treatment is in them: each with why."""

from __future__ import annotations

SUMS = "sums of a program's weeks; no participant"
TABLES = ("absences", "attendance", "hours", "met")
# By the name of the view. What is not here and hands out a file is guarded by `leaves`.
NOBODY_IN_IT = {
    "curriculum_files:curriculum": "lessons of the library; no participant",
    "feeds:ics": "one's own sessions by group and room; no participant",
    "handouts:handout": "a handout of the library; no participant",
    "inbound:receipt": "an answer to a carrier that holds no words",
    "inbound:reply": "an answer to a carrier that holds no words",
    "health:metrics": "counts for machines",
    "slots:rrule": "weekly slots of a group; no participant",
    "taught_file:lessons": "which lessons sessions taught; no participant",
    "teaching:pack": "the words and handouts of a lesson; it names no participant",
    "trends:pdf": SUMS,
    **{f"trends:{table}_{kind}": SUMS for table in TABLES for kind in ("csv", "xlsx")},
    "uploads:empty_folder": "headings of an import, without a row",
}

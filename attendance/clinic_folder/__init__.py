"""The clinic folder: a clinic brings its spreadsheets and its history, all of it or nothing.

reading     files to typed rows, with every mistake in a line
stored      what the database holds already, in the same rows
check_*     rows against each other and against what is stored: pure, words out
write_*     rows to tables, few statements, only what differs
"""

from attendance.clinic_folder.actions import import_clinic_folder
from attendance.clinic_folder.counts import Counts
from attendance.clinic_folder.problems import FolderRefused, Problem, report

__all__ = ["Counts", "FolderRefused", "Problem", "import_clinic_folder", "report"]

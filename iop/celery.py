"""The queue and its clock. Due work is rows; a message only says "look now".

Beat may run twice, and Redis may be emptied, without harm: `iop/queues.py` says how, and
`iop/clockwork.py` what begins when.
"""

import os

from celery import Celery
from celery.signals import task_failure, task_postrun, task_prerun

from iop.clockwork import beat_schedule
from iop.sweeps import note_began, note_ended, note_failed

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iop.settings")

app = Celery("iop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = beat_schedule()

task_prerun.connect(note_began)
task_postrun.connect(note_ended)
task_failure.connect(note_failed)

"""The words a message must not have, as data: one place for what would say too much.

Written without capitals and accents. A star stands for any ending.
"""

from __future__ import annotations

ENGLISH = """
    treatment* therapy therapies therapist* therapeutic* group* session* intensive
    program programs programme* curriculum* rehab* recovery sober* sobriety addict* alcohol*
    drinking drug* narcotic* opioid* opiate* heroin* cocaine* fentanyl methadone suboxone
    buprenorphine meth methamphetamine* marijuana cannabis substance* overdos* relaps* detox*
    intoxicat* abstinen* urin* mental* psych* behavioral* depress* anxiety bipolar schizo* ptsd
    trauma* suicid* disorder* diagnos* symptom* counsel* clinical* patient patients outpatient*
    inpatient* hospital* health* medic* prescri* iop php dbt cbt sud
"""
SPANISH = """
    tratamiento* terapia* terapeuta* terapeutic* grup* sesion* intensiv* programa programas
    recuperacion sobri* adicc* adict* drog* narcotico* opioide* opiaceo* heroina* cocaina*
    metadona marihuana sustancia* sobredosis recaida* desintox* abstinencia* orina* psic* psiq*
    depres* ansiedad esquizo* trastorno* sintoma* consejer* paciente* ambulatori* salud receta*
"""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


LISTED = _listed(ENGLISH) | _listed(SPANISH)
# Those that stand for themselves, and the beginnings of those that take any ending.
WHOLE = frozenset(each for each in LISTED if not each.endswith("*"))
BEGINNINGS = tuple(sorted(each.removesuffix("*") for each in LISTED - WHOLE))

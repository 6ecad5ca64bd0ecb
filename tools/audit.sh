#!/bin/sh
# Asks a public database whether a locked package has a known weakness. The auditor lives in an
# environment of its own: what it needs is no part of ours.
set -eu
cd "$(dirname "$0")/.."

auditor=var/audit
if [ ! -x "$auditor/bin/pip-audit" ]; then
    "${PYTHON:-python3}" -m venv "$auditor"
    "$auditor/bin/python" -m pip install --quiet pip-audit
fi
for lock in requirements.txt requirements-dev.txt; do
    echo "$lock"
    "$auditor/bin/pip-audit" --strict --require-hashes --disable-pip --requirement "$lock"
done

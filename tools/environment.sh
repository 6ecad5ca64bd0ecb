#!/bin/sh
# Finds a Python that this program runs on, and hands over to environment.py beside this file.
# Each candidate is really run: version managers leave names on the path that only print an error.

cd "$(dirname "$0")/.." || exit 1
LOOK='
import sys
if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit("version %d.%d" % sys.version_info[:2])
try:
    import ensurepip, ssl, venv
except ImportError as missing:
    sys.exit("version %d.%d, but without %s" % (sys.version_info[0], sys.version_info[1], missing.name))
'
found=

hand_over_if_fit() {
    candidate=$1
    shift
    command -v "$candidate" >/dev/null 2>&1 || return 0
    if said=$("$candidate" -c "$LOOK" 2>&1); then
        exec "$candidate" tools/environment.py "$@"
    fi
    found="$found
  $candidate: $(printf '%s\n' "$said" | head -n 1)"
}

if [ -n "$PYTHON" ]; then
    hand_over_if_fit "$PYTHON" "$@"
else
    # The one that the environment was made of first: it stays what it is until told otherwise.
    ours=$(.venv/bin/python -c 'import sys; print(sys._base_executable)' 2>/dev/null)
    for name in "$ours" python3 python3.13 python3.12 python3.11 python; do
        hand_over_if_fit "$name" "$@"
    done
fi

echo "Python 3.11, 3.12 or 3.13 is needed, with its venv module. Found here:${found:-
  none}" >&2
case $found in
*without*) echo "On Debian and Ubuntu the missing part is a package: apt install python3-venv" >&2 ;;
esac
echo "Another one is chosen by name: PYTHON=/path/to/python3.12 make demo" >&2
exit 1

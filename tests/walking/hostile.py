"""What a careless or hostile sender puts into a form: words, numbers, dates, files, bodies."""

from __future__ import annotations

import json
import random
from urllib.parse import urlencode
from uuid import UUID

HUGE = 20_000
WORDS = (
    "",
    " ",
    "\x00",
    "before\x00after",
    "\ud800",
    "low \udfff high",
    "\u202eright to left \u0645\u0631\u062d\u0628\u0627",
    "e\u0301" * 80,
    "\U0001f4a5" * 300,
    "x" * 256,
    "y" * HUGE,
    "line\r\nX-Injected: 1",
    "'; DROP TABLE programs_participant; --",
    "%' OR 1=1",
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "%s %n %(name)s {0}",
    "../../../../etc/passwd",
    "=1+1",
    "javascript:alert(1)",
    "http://[",
    "a@b",
    "a" * 250 + "@example.com",
    "+1",
    "+1 312 555 0100",
    "tel:\u0663\u0664",
    "not-a-uuid",
    "00000000-0000-0000-0000-000000000000",
    "[]",
    "{",
    "null",
    "on",
    "save",
)
NUMBERS = (
    "-1",
    "0",
    "1.5",
    "1e9",
    "1e400",
    "NaN",
    "Infinity",
    "-0",
    "32768",
    "2147483648",
    "9223372036854775808",
    "9" * 400,
    "\u0663",
    "1_000",
    "0x10",
)
DATES = (
    "0001-01-01",
    "0001-01-02",
    "1900-02-29",
    "2026-02-30",
    "2026-13-01",
    "9999-12-31",
    "9999-12-30",
    "10000-01-01",
    "-2026-01-01",
    "2026-W01-1",
    "2026-11",
    "01/02/2026",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "2026-11-01T01:30",
    "24:00",
    "23:59:59.999999",
    "25:61",
    "00:00",
    "9:5",
)
HOSTILE = (*WORDS, *NUMBERS, *DATES)
BODIES = (
    ("application/json", b'{"a": "\\ud800"'),
    ("application/json", b'{"marks": [{"id": 1, "at": null}]}'),
    ("application/json", b"[" * 2_000),
    ("application/json", b'"\\ud800"'),
    ("application/csp-report", b'{"csp-report": []}'),
    ("application/reports+json", b'[{"type": 1, "body": [], "url": {}}, null, 3]'),
    ("application/x-www-form-urlencoded", b"a=%ff%fe&b=%00&%80=%80&=&&&"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"a=b"),
    ("application/x-www-form-urlencoded; charset=no-such", b"a=b"),
    ("multipart/form-data", b"--x\r\n"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\nhe"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64'
        b"\r\n\r\n!!!\r\n--x--\r\n",
    ),
    ("text/plain", b"\x00\xff" * 50),
    ("", b"a=b"),
    ("nonsense", b"\r\n\r\n"),
)
FILES = (
    ("empty.pdf", b""),
    ("letter.pdf", b"%PDF-1.4 and no more"),
    ("x" * 300 + ".png", b"\x89PNG\r\n\x1a\n\x00"),
    ("\u202efdp.exe", b"MZ"),
    ("..\\..\\boot.csv", b"a,b\r\n1,2\r\n"),
    ("participants.csv", b"\xff\xfe\x00chart_number;first_name\r\n\x00"),
    ("curriculum.csv", b'track,module,lesson,minutes\r\n"open,1,2\r\n' + b"a," * 500),
    ("clinic.zip", b"PK\x03\x04 no zip"),
    ("nul\x00name.pdf", b"%PDF-"),
)


def a_hostile(draw: random.Random, kind: str) -> str:
    """Return a value for a field: mostly of its kind, just outside of what it takes."""
    near = {"number": NUMBERS, "date": DATES, "time": DATES, "datetime-local": DATES}.get(kind)
    return draw.choice(near if near and draw.random() < 0.6 else HOSTILE)


def a_plausible(draw: random.Random, kind: str, given: str, options: tuple[str, ...]) -> str:
    """Return a value that the field may well take: its own, a choice, or a sensible one."""
    if options:
        return draw.choice(options)
    if given and draw.random() < 0.7:
        return given
    day = f"2026-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
    clock = f"{draw.randint(0, 23):02}:{draw.choice(('00', '30'))}"
    return {
        "number": str(draw.choice((1, 2, 3, 5, 9, 45, 60, 100))),
        "date": day,
        "time": clock,
        "datetime-local": f"{day}T{clock}",
        "email": "somebody@clinic.example",
        "tel": "+1 312 555 0142",
        "uuid": str(UUID(int=draw.getrandbits(128), version=4)),
    }.get(kind, draw.choice(("plain words", "Ada", "3", "2026-11-30", "09:00", given)))


def as_query(pairs: list[tuple[str, str]]) -> str:
    """Return the pairs as a browser would send them, and as none would: also half a letter."""
    return urlencode(pairs, errors="surrogatepass")


def as_multipart(pairs: list[tuple[str, str]], files: list[tuple[str, str, bytes]]) -> bytes:
    """Return the body of a form with files, with whatever stands in its names."""
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode(
            errors="surrogatepass"
        )
        for name, value in pairs
    ]
    for name, filename, content in files:
        head = f'--edge\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"'
        parts.append(
            head.encode() + b"\r\nContent-Type: application/pdf\r\n\r\n" + content + b"\r\n"
        )
    return b"".join(parts) + b"--edge--\r\n"


def as_json(pairs: list[tuple[str, str]], draw: random.Random) -> bytes:
    """Return the pairs as JSON, sometimes cut off."""
    body = json.dumps(dict(pairs)).encode()
    return body[: draw.randint(0, len(body))] if draw.random() < 0.5 else body

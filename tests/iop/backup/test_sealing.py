"""The encrypted stream gives back what was written, or says that it is not what was written."""

from __future__ import annotations

import io
import os

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iop.backup.problems import NotWhole
from iop.backup.sealing import HEADER_BYTES, KIND, TAG_BYTES, Opener, Sealer

KEY, ANOTHER = b"k" * 32, b"a" * 32
CHUNK = 16
SEALED = CHUNK + TAG_BYTES
SIX_CHUNKS = bytes(range(5 * CHUNK + 7))


def sealed(*pieces: bytes) -> bytes:
    to = io.BytesIO()
    sealer = Sealer(to, KEY, chunk=CHUNK)
    for piece in pieces:
        sealer.write(piece)
    sealer.finish()
    return to.getvalue()


def opened(content: bytes, key: bytes = KEY, *, at_once: int = 11) -> bytes:
    opener = Opener(io.BytesIO(content), key, chunk=CHUNK)
    return b"".join(iter(lambda: opener.read(at_once), b""))


def refusal(content: bytes, key: bytes = KEY) -> str:
    with pytest.raises(NotWhole) as caught:
        opened(content, key)
    return str(caught.value)


@given(st.lists(st.binary(max_size=3 * CHUNK), max_size=6), st.integers(1, 100))
@example([], 1)
@example([b"x" * CHUNK], 1)
@example([b"x" * CHUNK, b"y"], CHUNK)
def test_what_was_written_is_read_however_it_is_cut(pieces: list[bytes], at_once: int):
    content = sealed(*pieces)
    assert opened(content, at_once=at_once) == b"".join(pieces)
    plain = len(b"".join(pieces))
    assert len(content) == HEADER_BYTES + plain + TAG_BYTES * max(1, -(-plain // CHUNK))


def test_the_same_content_is_never_the_same_file():
    assert sealed(SIX_CHUNKS) != sealed(SIX_CHUNKS)
    assert SIX_CHUNKS[:8] not in sealed(SIX_CHUNKS)


@pytest.mark.parametrize("content", [b"", SIX_CHUNKS, b"x" * (2 * CHUNK)])
def test_cut_off_anywhere_it_is_refused(content: bytes):
    whole = sealed(content)
    for length in range(len(whole)):
        assert "cut off" in refusal(whole[:length])


@given(st.integers(0, len(sealed(SIX_CHUNKS)) - 1), st.integers(1, 255))
def test_one_byte_changed_anywhere_is_found(place: int, change: int):
    content = bytearray(sealed(SIX_CHUNKS))
    content[place] ^= change
    assert refusal(bytes(content))


@given(st.integers(0, 5), st.integers(0, 5))
def test_chunks_in_another_order_are_found(one: int, other: int):
    content = sealed(SIX_CHUNKS)
    chunks = [content[at : at + SEALED] for at in range(HEADER_BYTES, len(content), SEALED)]
    chunks[one], chunks[other] = chunks[other], chunks[one]
    moved = content[:HEADER_BYTES] + b"".join(chunks)
    if one == other:
        assert opened(moved) == SIX_CHUNKS
    else:
        assert refusal(moved)


@given(st.binary(min_size=1, max_size=3 * SEALED))
def test_whatever_is_added_behind_the_end_is_found(more: bytes):
    assert refusal(sealed(SIX_CHUNKS) + more)
    assert refusal(sealed(b"x" * CHUNK) + more)


def test_a_chunk_left_out_repeated_or_of_another_backup_is_found():
    content, other = sealed(SIX_CHUNKS), sealed(SIX_CHUNKS)
    first, second = HEADER_BYTES, HEADER_BYTES + SEALED
    assert "altered" in refusal(content[:first] + content[second:])
    assert "altered" in refusal(content[:second] + content[first:])
    assert "altered" in refusal(content[:first] + other[first:second] + content[second:])
    assert "altered" in refusal(content[:HEADER_BYTES] + other[HEADER_BYTES:])


def test_each_refusal_says_what_is_wrong():
    content = sealed(b"x" * (3 * CHUNK))
    assert "another key" in refusal(content, ANOTHER)
    assert "its end is missing" in refusal(content[:-SEALED])
    assert "Something was added" in refusal(content + sealed(b"y"))
    assert "no backup made by this software" in refusal(os.urandom(200))
    assert "reads form 1" in refusal(KIND + bytes([2]) + content[len(KIND) + 1 :])

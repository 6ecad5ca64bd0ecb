"""What lies inside the encryption: a tar of the manifest, the dump in pieces, files, and sums."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, cast

from iop.backup.contents import Manifest, read_manifest
from iop.backup.files import sum_of, write_file
from iop.backup.problems import NotWhole
from iop.backup.sealing import CHUNK, Opener, Sealer

MANIFEST, PIECES, SUMS = "manifest.json", "database/", "sums.json"
SUM = "IOP.sha256"
LARGEST_MANIFEST = 64 * 1024 * 1024


@dataclass
class Sums:
    """What was written, in the last part: the dump's bytes and sum, files and their bytes."""

    dump_bytes: int = 0
    dump_sum: str = ""
    files: int = 0
    file_bytes: int = 0


class Packer:
    """Writes the parts in their order; needs memory for one piece of the dump."""

    def __init__(self, to: IO[bytes], key: bytes, manifest: Manifest) -> None:
        self._sealer = Sealer(to, key)
        self._tar = tarfile.open(  # noqa: SIM115 (closed by `finish`)
            mode="w|",
            fileobj=cast("IO[bytes]", self._sealer),
            format=tarfile.PAX_FORMAT,
            bufsize=CHUNK,
        )
        self._dump, self._pieces, self.sums = hashlib.sha256(), 0, Sums()
        self._add_bytes(MANIFEST, manifest.as_bytes())

    def __enter__(self) -> Packer:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        # tarfile writes an end when it is forgotten; behind a failure there must be none.
        if error is not None:
            self._sealer.give_up()

    def add_piece(self, piece: bytes) -> None:
        """Add the next piece of the dump."""
        self._pieces += 1
        self._dump.update(piece)
        self.sums.dump_bytes += len(piece)
        self._add_bytes(f"{PIECES}{self._pieces:08}", piece)

    def add_file(self, name: str, source: IO[bytes]) -> int:
        """Add one file, its sum before it, and return its size."""
        found = sum_of(source)
        size = source.tell()
        source.seek(0)
        self._add(name, size, source, {SUM: found})
        self.sums.files += 1
        self.sums.file_bytes += size
        return size

    def finish(self) -> Sums:
        """Add the sums and the end."""
        self.sums.dump_sum = self._dump.hexdigest()
        self._add_bytes(SUMS, json.dumps(asdict(self.sums)).encode())
        self._tar.close()
        self._sealer.finish()
        return self.sums

    def _add_bytes(self, name: str, content: bytes) -> None:
        self._add(name, len(content), io.BytesIO(content), {})

    def _add(self, name: str, size: int, source: IO[bytes], headers: dict[str, str]) -> None:
        told = tarfile.TarInfo(name)
        told.size, told.pax_headers = size, headers
        self._tar.addfile(told, source)
        _forget_parts(self._tar)


class Unpacker:
    """Reads the parts in their order: first `manifest`, then `pieces`, then `files`, then `end`.

    Everything that is not as it was written raises NotWhole.
    """

    def __init__(self, source: IO[bytes], key: bytes) -> None:
        self._opener = Opener(source, key)
        with _as_not_whole():
            self._tar = tarfile.open(  # noqa: SIM115 (it has nothing to close)
                mode="r|", fileobj=cast("IO[bytes]", self._opener), bufsize=CHUNK
            )
        self.found = Sums()
        self._next = self._step()
        if not self._next or self._next.name != MANIFEST or self._next.size > LARGEST_MANIFEST:
            raise NotWhole("The backup does not begin with its manifest.")
        self.manifest = read_manifest(self._content())
        self._next = self._step()

    def pieces(self) -> Iterator[bytes]:
        """Yield the dump."""
        found = hashlib.sha256()
        while self._next and self._next.name.startswith(PIECES):
            piece = self._content()
            found.update(piece)
            self.found.dump_bytes += len(piece)
            yield piece
            self._next = self._step()
        self.found.dump_sum = found.hexdigest()

    def files(self, folder: Path | None) -> Iterator[int]:
        """Write each file below the folder (None: only read it), and yield its size."""
        while self._next and self._next.name != SUMS:
            part = self._next
            source = self._tar.extractfile(part)
            if source is None:
                raise NotWhole(f"The backup holds something that is no file: {part.name}")
            write_file(source, part.name, part.pax_headers.get(SUM, ""), folder)
            self.found.files += 1
            self.found.file_bytes += part.size
            yield part.size
            self._next = self._step()

    def end(self) -> Sums:
        """Compare what was read with what was written, up to the last byte, and return it."""
        wanted = Sums(**json.loads(self._content())) if self._next else None
        while self._opener.read(CHUNK):
            pass
        if wanted != self.found:
            raise NotWhole("The backup's parts are not those that its sums name.")
        return self.found

    def _step(self) -> tarfile.TarInfo | None:
        with _as_not_whole():
            part = self._tar.next()
        _forget_parts(self._tar)
        return part

    def _content(self) -> bytes:
        source = self._next and self._tar.extractfile(self._next)
        return source.read() if source else b""


def _forget_parts(tar: tarfile.TarFile) -> None:
    """Have tarfile forget the parts it saw, a table of contents that a stream has no use for."""
    tar.members = []  # type: ignore[attr-defined]


@contextmanager
def _as_not_whole() -> Iterator[None]:
    """Turn tar's complaints into ours."""
    try:
        yield
    except tarfile.TarError as error:
        raise NotWhole("The backup's parts cannot be told apart.") from error

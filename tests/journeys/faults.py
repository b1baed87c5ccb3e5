"""System calls of a centre that fail when a test says so (failing_calls.cc, preloaded)."""

import errno
import mmap
import os
import struct
from pathlib import Path

from centre import AMER

LIBRARY = Path(os.environ.get("AMER_FAILING_CALLS", AMER.parent / "libfailing_calls.so"))
KINDS = ("sip", "media", "database", "recording", "other")
FIELDS = ("count", "from", "every", "times", "error", "met")
ENDLESS = 1 << 62


class Faults:
    """Of one centre; made before it starts. Counts go on over its restarts."""

    def __init__(self, centre):
        path = centre.folder / "faults"
        path.write_bytes(bytes(8 * len(KINDS) * len(FIELDS)))
        with open(path, "r+b") as file:
            self.memory = mmap.mmap(file.fileno(), 0)
        centre.environment.update({"LD_PRELOAD": str(LIBRARY), "AMER_FAULTS": str(path),
                                   "AMER_FAULTS_FOLDER": str(centre.data)})

    def _at(self, kind, field):
        return 8 * (KINDS.index(kind) * len(FIELDS) + FIELDS.index(field))

    def _get(self, kind, field):
        return struct.unpack_from("=Q", self.memory, self._at(kind, field))[0]

    def _set(self, kind, field, value):
        struct.pack_into("=Q", self.memory, self._at(kind, field), value)

    def count(self, kind):
        return self._get(kind, "count")

    def met(self, kind):
        """How many calls failed since the last plan."""
        return self._get(kind, "met")

    def plan(self, kind, nth=1, times=1, every=1, error=errno.EIO):
        """The n-th call from now (1: the next) fails, then each every-th, so many times in all."""
        self.repair(kind)
        self._set(kind, "met", 0)
        self._set(kind, "every", every)
        self._set(kind, "times", times)
        self._set(kind, "error", error)
        self._set(kind, "from", self.count(kind) + nth)

    def repair(self, kind):
        self._set(kind, "from", 0)

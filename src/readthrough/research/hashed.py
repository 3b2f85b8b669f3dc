"""Vectors without a model: words and runs of letters hashed into a fixed number of places.

They meet what the full-text index does not: other endings, misspellings, words joined or parted.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Sequence
from typing import Final

__all__ = ["SPACE", "hashed"]

SIZE: Final = 256
SPACE: Final = "hashed-1"
"""Names this way of making vectors; vectors of another are never compared with these."""
_WORD: Final = re.compile(r"[^\W_]{2,40}")
_LONGEST: Final = 4_000


def hashed(text: str) -> Sequence[float]:
    """Return a unit vector of a text; an empty tuple where it holds no word.

    >>> near = lambda a, b: sum(x * y for x, y in zip(hashed(a), hashed(b)))
    >>> near("cloud revenues", "cloud revenue") > near("cloud revenues", "iron ore")
    True
    """
    made = [0.0] * SIZE
    for word in _WORD.findall(text[:_LONGEST].lower()):
        marked = f"<{word}>"
        for i in range(max(1, len(marked) - 3)):
            place = zlib.crc32(marked[i : i + 4].encode())
            made[place % SIZE] += 1.0 if place & 0x100000 else -1.0
        place = zlib.crc32(word.encode(), 7)
        made[place % SIZE] += 1.5 if place & 0x100000 else -1.5
    length = math.sqrt(sum(x * x for x in made))
    return tuple(x / length for x in made) if length else ()

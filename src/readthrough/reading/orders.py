"""Orders to whoever reads: they state nothing, so no figure and no tone is taken from them."""

from __future__ import annotations

import re
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Sentence

__all__ = ["is_order"]

_ORDER: Final = lazily(
    r"\W*(?:please )?(?:ignore|disregard|forget|rate|score|label|classify|output|return|respond|reply|print|treat) "
    r"(?:all|any|the|this|these|that|every|it|as|with|only)\b",
    re.IGNORECASE,
)


def is_order(text: str, sentence: Sentence) -> bool:
    """Tell whether a sentence below the headline orders its reader about.

    Args:
        text: `Article.text`, in whatever case.
        sentence: Of it.
    """
    return not sentence.headline and _ORDER.match(text, sentence.span.start) is not None

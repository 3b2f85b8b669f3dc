"""Orders to whoever reads: they state nothing, so no figure and no tone is taken from them."""

from __future__ import annotations

from readthrough.domain.orders import opens_as_order
from readthrough.domain.reading import Sentence

__all__ = ["is_order"]


def is_order(text: str, sentence: Sentence) -> bool:
    """Tell whether a sentence below the headline orders its reader about.

    Args:
        text: `Article.text`, in whatever case.
        sentence: Of it.
    """
    return not sentence.headline and opens_as_order(text, sentence.span.start)

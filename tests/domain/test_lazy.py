from __future__ import annotations

import re

import pytest

from readthrough.domain.lazy import lazily


def test_it_acts_as_the_compiled_pattern() -> None:
    late = lazily(r"(?P<up>rose|rise)s?", re.IGNORECASE)
    assert late.search("It Rose") is not None
    assert late.match("It rose") is None
    assert late.fullmatch("rises") is not None
    assert [m["up"] for m in late.finditer("rose rises")] == ["rose", "rise"]
    assert late.sub("-", "rose 5") == "- 5"
    assert late.pattern == r"(?P<up>rose|rise)s?"
    assert late.flags & re.IGNORECASE


def test_nothing_is_compiled_before_the_first_search() -> None:
    broken = lazily("(")
    with pytest.raises(re.error):
        broken.search("a")

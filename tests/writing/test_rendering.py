"""Every template with every industry's nouns: a verb that follows a noun agrees with it, and a noun closes no sentence early."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from readthrough.writing import Playbooks
from readthrough.writing.playbook import Playbook, texts_of
from readthrough.writing.words import agreeing, opens_clause

_NOUN = re.compile(r"\{(?:driver|swing|tell|input)\}( [a-z]+)")
_NOUNS = ("driver", "swing", "tell", "input", "buyers")
_NO_VERBS = frozenset("as is's this its less".split())


def _after_nouns(playbook: Playbook) -> Iterator[tuple[str, str]]:
    """Yield each word that follows an industry's noun where the noun is the subject of a clause."""
    for text in texts_of(playbook):
        for match in _NOUN.finditer(text):
            if opens_clause(text[: match.start()]):
                yield match[1], text


def test_a_verb_after_an_industrys_noun_is_known_in_both_numbers(playbooks: Playbooks) -> None:
    unknown = [
        (playbook.id, word.strip(), text)
        for playbook in playbooks.playbooks
        for word, text in _after_nouns(playbook)
        if word.endswith("s")
        and word.strip() not in _NO_VERBS
        and agreeing(f"{word} x", "sell-through") == agreeing(f"{word} x", "upgrades and services")
    ]
    assert not unknown


def test_no_noun_is_followed_by_a_second_verb(playbooks: Playbooks) -> None:
    """ "where price and volume stand shows in" reads as two verbs in a row once the noun is put in."""
    double = re.compile(
        r"\{(?:driver|swing|tell|input)\} [a-z]+s? (?:shows?|tells?|says?|decides?|is|are) in\b"
    )
    found = [(p.id, t) for p in playbooks.playbooks for t in texts_of(p) if double.search(t)]
    assert not found


@pytest.mark.parametrize("noun", _NOUNS)
def test_an_industrys_noun_is_one_phrase(playbooks: Playbooks, noun: str) -> None:
    """A noun stands in the middle of sentences: a comma in it is allowed in a list only."""
    broken = {
        lens.id: said
        for lens in playbooks.lenses
        if "," in (said := lens.nouns.get(noun, "")) and not re.search(r", [^,]+(?: and | or )[^,]+$", said)
    }
    assert not broken

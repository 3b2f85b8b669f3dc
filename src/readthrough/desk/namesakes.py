"""Bare names that several issuers share their first word by: Delta, Liberty, Mercury. Asked back rather than guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from readthrough.domain.security import Issuer

if TYPE_CHECKING:
    from readthrough.universe import Universe

__all__ = ["namesakes"]

_KNOWN: Final = 10_000
"""Rank, by importance, up to which an issuer is one that a question may mean."""
_WELL_KNOWN: Final = 2_500
_ADJECTIVE: Final = 15
"""A word that begins more names than this (American, National, China) is no name by itself."""
_SHOWN: Final = 6


def namesakes(universe: Universe, word: str) -> tuple[Issuer, ...]:
    """Return the issuers that a bare word may mean, the best known first; none where it means one or nobody.

    A word that is an issuer's whole name or ticker means that one. Where it is known as the name of one, others count
    that are not that one's own; where it is nobody's, at least two that are well known must begin with it.

    Args:
        universe: Whose issuers.
        word: As a question writes it.
    """
    folded = word.casefold()
    if not folded.isalpha() or (word.isupper() and universe.by_ticker(word) is not None):
        return ()
    found = universe.search(word, limit=60)
    if any(issuer.name.casefold() == folded for issuer in found):
        return ()
    begun = [
        issuer
        for issuer in found
        if issuer.ticker
        and issuer.name.casefold().startswith(f"{folded} ")
        and _rank(universe, issuer) < _KNOWN
    ]
    owners = {named.issuer_id for named in universe.names.named(word) if not named.ambiguous}
    own = [issuer for issuer in begun if issuer.id in owners]
    if own:
        kin = tuple(f"{issuer.name.casefold()} " for issuer in own)
        begun = own + [
            one for one in begun if one.id not in owners and not one.name.casefold().startswith(kin)
        ]
    elif owners or len(begun) > _ADJECTIVE or sum(_rank(universe, i) < _WELL_KNOWN for i in begun) < 2:
        return ()
    return tuple(sorted(begun, key=lambda i: _rank(universe, i))[:_SHOWN]) if len(begun) > 1 else ()


def _rank(universe: Universe, issuer: Issuer) -> int:
    rank = universe.rank(issuer.id)
    return _KNOWN if rank is None else rank

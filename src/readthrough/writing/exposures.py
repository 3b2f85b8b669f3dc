"""Who sells and who buys what a page says has grown dearer or cheaper: companies by what moves them from outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from readthrough.domain.security import Edge, IssuerId, Relation
from readthrough.writing.metrics import sign_of
from readthrough.writing.stance import commodity_move
from readthrough.writing.ties import Tie
from readthrough.writing.words import joined, short_name

if TYPE_CHECKING:
    from readthrough.writing.binding import Binding, Filled

__all__ = ["SLOTS"]

_MOST: Final = 3  # names a reader keeps in one sentence
_MAIN: Final = 2  # strength of a sensitivity that is the main thing about a company
_GOODS: Final = ("oil", "gas", "power", "copper", "gold", "iron and steel", "freight", "memory prices")


def _exposed(driver: str, sign: int) -> Callable[[Binding, Filled], str]:
    relation = Relation.SUPPLIER if sign > 0 else Relation.CUSTOMER

    def make(binding: Binding, filled: Filled) -> str:
        scene = binding.scene
        named = {tie.name for tie in filled.ties.values()}
        found: list[Tie] = []
        good = commodity_move(scene)
        expected = sign * sign_of(good) if good is not None else 0
        felt = (s for s in scene.universe.graph.exposed(driver) if s.sign == sign and s.strength >= _MAIN)
        # those that the page names come before those that stand first in the list
        for each in sorted(felt, key=lambda s: s.issuer_id not in scene.mentioned):
            issuer = scene.universe.issuer(each.issuer_id)
            if issuer is None or not issuer.ticker or each.issuer_id in filled.barred:
                continue
            if expected and scene.fares(each.issuer_id) == -expected:
                continue  # the page tells why it is not paid: the loss of supply is its own
            edge = Edge(source=IssuerId(driver), target=each.issuer_id, relation=relation, why=each.why)
            tie = Tie(short_name(issuer.name), issuer.ticker, edge)
            if tie.name not in named:
                named.add(tie.name)
                found.append(tie)
            if len(found) == _MOST:
                break
        for tie in found:
            filled.ties[f"{driver}>{relation}>{tie.edge.target}"] = tie
        return joined([tie.name for tie in found])

    return make


SLOTS: Final[Mapping[str, Callable[[Binding, Filled], str]]] = {
    f"{side}_of_{driver.replace(' ', '_')}": _exposed(driver, sign)
    for driver in _GOODS
    for side, sign in (("sellers", 1), ("buyers", -1))
}
"""`{sellers_of_oil}`, `{buyers_of_oil}` and so on: up to three companies for which it is the main thing."""

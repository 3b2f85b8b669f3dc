"""Which of the companies of a sentence a remark in it is about: the grammatical party, and those named in one breath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Mention
from readthrough.domain.security import IssuerId
from readthrough.reading.qualifiers import clauses

__all__ = ["Group", "echoes", "group_at", "groups_of"]

_LONGEST_GAP: Final = 90  # code points between two names of one list
_TOKEN: Final = lazily(r"[<(\[][^<>()\[\]]{0,40}[>)\]]|[\w&.’'*+-]+|[^\w\s]")
_JOINS: Final = frozenset({",", "and", "&", "/", "or", ";"})
_LINKING: Final = frozenset(
    "the its of inc corp co ltd plc ag sa nv se group holdings company bank motors banks lenders shares stock stocks like such as including "
    "rival rivals peer peers fellow rivals' plus also even others industries technologies platforms systems".split()
)
_AFTER: Final = lazily(
    r"(?:['’]s?)?\s*(?:[<(\[][^<>()\[\]]{0,40}[>)\]]\s*)?(?:[,:]\s*)?(?:(?:in|of|at|for|on|from|by|to|with)\s)?(?:\w+\s){0,4}$"
)
_ASIDE: Final = lazily(
    r"[,(–—-]\s*(?:which|who|whose|where|owner|maker|home|part|unit|a|an|the|once|led|backed)\b"
)
_HINDERED: Final = lazily(
    r"\b(?:after|following|despite|amid|than|with|against|unlike|like|over|versus|vs\.?|about|into|by|according to|for|from)\s"
    r"(?:[\w’'-]+\s){0,2}$"
)


@dataclass(frozen=True, slots=True)
class Group:
    """Companies named in one breath ("Citi, JPMorgan and Goldman"): what is said of one is said of all."""

    issuers: tuple[IssuerId, ...]
    start: int
    end: int


def groups_of(text: str, row: Sequence[Mention]) -> tuple[Group, ...]:
    """Join the companies of a sentence that stand in one list.

    Args:
        text: `Article.text` as published; capitals tell names that are not linked.
        row: The mentions of one sentence, in order of place.
    """
    groups: list[Group] = []
    for mention in row:
        last = groups[-1] if groups else None
        if last is not None and (
            _joined(text, last.end, mention.span.start) or _spanned(text, last, mention.span.start)
        ):
            known = last.issuers if mention.issuer_id in last.issuers else (*last.issuers, mention.issuer_id)
            groups[-1] = Group(known, last.start, mention.span.end)
        else:
            groups.append(Group((mention.issuer_id,), mention.span.start, mention.span.end))
    return tuple(groups)


_RANGING: Final = lazily(
    r"\b(?:[a-z-]*(?:makers|firms|companies|groups|banks|lenders|retailers|airlines|insurers|brands|chains|exporters|importers|suppliers|miners|producers|operators|developers|carriers|utilities)|"
    r"names|stocks|shares|rivals|giants|heavyweights|players|everyone|everybody|ranging) from $"
)
_TO: Final = lazily(r"\.?(?:['’]s)?(?: [A-Z][\w.&]*){0,4},? to (?:[A-Z][\w.&]* ){0,2}")


def _spanned(text: str, last: Group, start: int) -> bool:
    """Tell whether two names are the ends of a range: "firms from Siemens to BASF"."""
    # "switched its order from Boeing to Airbus" is a deed of which one loses and one gains
    ranged = text.endswith("from ", 0, last.start) and _RANGING.search(
        text, max(0, last.start - 40), last.start
    )
    return bool(ranged) and _TO.fullmatch(text, last.end, start) is not None


def _joined(text: str, start: int, end: int) -> bool:
    gap = text[start:end]
    if len(gap) > _LONGEST_GAP or not gap.strip():
        return False
    joined = False
    for word in _TOKEN.findall(gap):
        if word in _JOINS:
            joined = True
        elif word in {"'s", "’s"} or not (
            word[0] in "<([" or word[0].isupper() or word.lower() in _LINKING or word in ".$"
        ):
            return False
    return joined


def group_at(
    text: str, sentence: Span, groups: Sequence[Group], left: int, right: int, anchor: int
) -> Group | None:
    """Return the companies a remark is about, or None where the sentence names none it could be about.

    The nearest name ahead of the predicate within its clause; else a name right after it ("gains in
    Siemens"); else the subject that an earlier clause set.

    Args:
        text: Lower-cased.
        sentence: Bounds of its sentence.
        groups: Of the sentence, from `groups_of`.
        left: Where the remark begins.
        right: Where it ends.
        anchor: Where its predicate begins.
    """
    if not groups:
        return None
    begun, closed = _clause(text, sentence, anchor)
    ahead = [
        g for g in groups if begun <= g.start and g.end <= max(anchor, left) and not _aside(text, g, anchor)
    ]
    inside = [g for g in groups if left <= g.start < right]
    if inside:
        return inside[0]
    if ahead:
        near = ahead[-1]
        if len(ahead) > 1 and _HINDERED.search(text[max(begun, near.start - 24) : near.start]):
            return ahead[-2]
        return near
    behind = [g for g in groups if right <= g.start <= closed]
    if behind and _AFTER.fullmatch(text[right : behind[0].start]):
        return behind[0]
    earlier = [g for g in groups if g.end <= begun]
    if earlier:
        return earlier[0]
    return behind[0] if behind else None


def _clause(text: str, sentence: Span, anchor: int) -> tuple[int, int]:
    for begun, closed in clauses(text, sentence.start, sentence.end):
        if begun <= anchor < closed:
            return begun, closed
    return sentence.start, sentence.end


def _aside(text: str, group: Group, anchor: int) -> bool:
    """Tell whether a name stands in an aside that a comma closes before the predicate."""
    if text.find(",", group.end, anchor) < 0:
        return False
    before = text[max(0, group.start - 30) : group.start]
    return _ASIDE.search(before) is not None


def echoes(groups: Sequence[Group], issuer_id: IssuerId | None, start: int, end: int) -> tuple[IssuerId, ...]:
    """List the others named in one breath with an issuer in a stretch that is said of it."""
    for group in groups:
        if (
            issuer_id in group.issuers
            and len(group.issuers) > 1
            and start <= group.end
            and group.start <= end
        ):
            return tuple(i for i in group.issuers if i != issuer_id)
    return ()

"""Events told by the company their words keep: a matter, whose it is, and which way it goes, in any order within a clause.

A phrase meets the wording it was made from. A frame needs a noun of the matter - an outlook, a rating, a place in an
index - and the nearest word that moves it. Frames speak only of what nothing else on the page has told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.security import IssuerId
from readthrough.domain.taxonomy import parent_of
from readthrough.reading.event_make import Stated
from readthrough.reading.event_roles import is_broker, market_named, speaks_for_itself, who_may_act
from readthrough.reading.event_scene import Scene
from readthrough.reading.patterns.frames import FRAMES, GUIDANCE, RATING, Frame
from readthrough.reading.patterns.market_frames import MARKET_FRAMES
from readthrough.reading.subjects import helps

__all__ = ["framed"]

_ALL: Final = (*FRAMES, *MARKET_FRAMES)
_CLAUSE: Final = lazily(
    r"[;.!?—]|--|, (?:but|while|although|though|which|who|after|as|even)\b| (?:while|although|though|whereas|after|because|even as) "
)
_FORECASTS: Final = lazily(r"\b(?:and|it|also|which|who|they) (?:now |also |still )?forecasts?\b")
_NEGATED: Final = re.compile(r"(?:\bnot|n't|\bnever|\bno|\bwithout|\bnor) (?:\w+ )?$")
"""What stands right before a word that moves, and undoes it."""


def framed(scene: Scene, told: Collection[tuple[str, IssuerId | None]]) -> Iterator[Stated]:
    """Yield what frames tell of the firms of a page.

    Args:
        scene: The page.
        told: Parents and firms of the events already found.
    """
    done = set(told)
    spoken = {parent for parent, _ in done}
    named = any(not is_broker(mention) for row in scene.rows[:1] for mention in row)
    for index in range(min(len(scene.sentences), max(f.depth for f in _ALL))):
        if scene.sentences[index].background or speaks_for_itself(scene, index):
            continue
        words = scene.words(index)
        for frame in _ALL:
            if index >= frame.depth or not any(cue in words for cue in frame.cues):
                continue
            if index and frame.heads is not None and not frame.heads.search(scene.words(0)):
                continue
            parent = parent_of(frame.types[1] or frame.types[2])
            if named or parent in spoken if frame.market else scene.main is None:
                continue
            if not scene.rows[index] and (parent, scene.subjects[index] or scene.main) in done:
                continue
            found = _of(scene, index, words, frame)
            if found is not None and (parent, found.issuer_id) not in done:
                done.add((parent, found.issuer_id))
                yield found


def _of(scene: Scene, index: int, words: str, frame: Frame) -> Stated | None:
    base = scene.sentences[index].span.start
    for match in frame.matter.finditer(words):
        low, high = _clause(words, match.start(), match.end(), frame.reach)
        way = _nearest(words, match.start(), match.end(), low, high, frame)
        if way is None or not frame.types[way[0]]:
            continue
        if frame.nothing.search(words):
            return None
        if frame is GUIDANCE and _FORECASTS.search(words, max(0, match.start() - 12), match.end()):
            continue  # "will raise spending and forecast profit down": it foretells, nothing moved the forecast
        if frame.opens and match.start() > frame.opens:
            continue
        start, end = min(match.start(), way[1]), max(match.end(), way[2])
        if frame.market:
            goods = "commodity_price_move" in frame.types
            name = market_named(words, start, end, thing=goods) or (
                "commodities" if goods else "global markets"
            )
            span = Span(base + start, base + end)
            return Stated(frame.types[way[0]], frame.signs[way[0]], None, index, span, name=name)
        issuer = _whose(scene, index, frame, (base + low, base + start))
        if issuer is not None:
            return Stated(
                frame.types[way[0]], frame.signs[way[0]], issuer, index, Span(base + start, base + end)
            )
    return None


def _whose(scene: Scene, index: int, frame: Frame, before: tuple[int, int]) -> IssuerId | None:
    """Return the firm whose matter it is: the last named ahead of it in its clause, the only one, or the one spoken of."""
    row = scene.rows[index]
    if frame is RATING:
        rated = [m for m in row if not frame.matter.match(m.surface.lower())]
        while len(rated) > 1 and helps(scene.text, rated[0], rated[1]):
            rated = rated[1:]  # "Boeing supplier Spirit": Boeing only says whose
        return rated[0].issuer_id if rated else None
    if not row:
        return (scene.subjects[index] or scene.main) if index and frame is GUIDANCE else None
    ahead = [m for m in row if before[0] <= m.span.start and m.span.end <= before[1] + 3]
    if ahead:
        _, free = who_may_act(scene, ahead, scene.sentences[index].span.start)
        return free[-1].issuer_id if free else None
    return row[0].issuer_id if len({m.issuer_id for m in row}) == 1 else None


def _clause(words: str, start: int, end: int, reach: int) -> tuple[int, int]:
    low, high = max(0, start - reach), min(len(words), end + reach)
    for match in _CLAUSE.finditer(words, low, high):
        if match.end() <= start:
            low = match.end()
        elif match.start() >= end:
            return low, match.start()
    return low, high


def _nearest(
    words: str, start: int, end: int, low: int, high: int, frame: Frame
) -> tuple[int, int, int] | None:
    """Return which way the nearest mover goes - 0 up, 1 down, 2 kept - and where it stands."""
    best: tuple[int, int, int, int] | None = None
    for way, movers in enumerate((frame.up, frame.down, frame.kept)):
        if movers is None:
            continue
        for match in movers.finditer(words, low, high):
            if _NEGATED.search(words[max(low, match.start() - 12) : match.start()]):
                continue
            gap = max(start - match.end(), match.start() - end, 0)
            if best is None or gap < best[0]:
                best = (gap, way, match.start(), match.end())
    return best[1:] if best is not None else None

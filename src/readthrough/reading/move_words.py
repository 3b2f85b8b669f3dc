"""Movement told by the rarer verbs: those that `metrics.MOVE` lists are tried first."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from readthrough.domain.reading import Direction
from readthrough.reading.lexicon import places_of

__all__ = ["rare_moves"]

# regular verbs by their stem, an "e" at the end standing for what -ed and -ing drop
_UP: Final = (
    "clamber escalate intensify multiply snowball burgeon flourish blossom bloom accrue thicken fatten lengthen enlarge "
    "extend elevate heighten inflate amplify hoist augment bolster buoy rocket catapult propel march power roar race sprint surpass better "
    "compound revive restore replenish upsize sweeten mushroom zip spring nudge_up step_up notch_up bump_up push_up push_higher pile_up top_up "
    "ramp_up scale_up crank_up jack_up turn_up perk_up tick_higher move_up move_higher claw_back bounce_back"
)
_DOWN: Final = (
    "slim whittle prune lop clip chop hack axe curtail shrivel wither wilt wane abate flag droop languish founder sputter stumble "
    "slacken sour evaporate bleed haemorrhage hemorrhage buckle crumple implode slither swoon dilute crimp dent nick pinch deplete "
    "scale_back dial_back pull_back roll_back peel_back pare_back dial_down push_down push_lower knock_down drag_down pull_down turn_down tick_lower move_lower move_down "
    "drift_lower wind_down slide_back scale_down"
)
_IRREGULAR: Final = {
    Direction.UP: "went_up goes_up go_up gone_up going_up came_up built_up sprang sprung grown_to shone went_higher swollen outgrew",
    Direction.DOWN: "went_down goes_down go_down gone_down going_down came_down comes_down come_down coming_down brought_down brings_down bring_down bringing_down took_down takes_down "
    "wound_down dialled_back dialling_back bled shrivelled crept_lower sent_lower driven_down drove_down went_lower ground_lower",
}


def _forms(entry: str) -> list[str]:
    stem, _, particle = entry.partition("_")
    root = stem.removesuffix("e")
    doubled = root + root[-1] if len(stem) <= 5 and stem[-1] in "pmg" and stem[-2] in "aeiou" else root
    past = stem[:-1] + "ied" if stem.endswith(("fy", "ly")) else doubled + "ed"
    third = (
        stem[:-1] + "ies"
        if past.endswith("ied")
        else stem + ("es" if stem.endswith(("ch", "sh", "x", "ss")) else "s")
    )
    forms = (stem, third, past, doubled + "ing")
    return [f"{form} {particle}".strip() for form in forms]


def _ways() -> dict[str, tuple[tuple[str, Direction], ...]]:
    told = [(form, Direction.UP) for entry in _UP.split() for form in _forms(entry)]
    told += [(form, Direction.DOWN) for entry in _DOWN.split() for form in _forms(entry)]
    told += [(entry.replace("_", " "), way) for way, words in _IRREGULAR.items() for entry in words.split()]
    filed: dict[str, list[tuple[str, Direction]]] = {}
    for form, way in told:
        verb, _, particle = form.partition(" ")
        filed.setdefault(verb, []).append((f" {particle}" if particle else "", way))
    return {verb: tuple(forms) for verb, forms in filed.items()}


_WAYS: Final = _ways()
_VERBS: Final = frozenset(_WAYS)


@lru_cache(maxsize=256)  # each figure of a sentence asks
def rare_moves(text: str, start: int, end: int) -> tuple[tuple[int, int, Direction], ...]:
    """Find the movements of the rarer verbs between two offsets of a lower-cased text, by place and direction.

    >>> [(a, b, str(way)) for a, b, way in rare_moves("costs were whittled to $3 billion", 0, 33)]
    [(11, 19, 'down')]
    """
    found: list[tuple[int, int, Direction]] = []
    for at, verb in places_of(text, start, end, _VERBS):
        after = at + len(verb)
        for particle, way in _WAYS[verb]:
            if text.startswith(particle, after):
                found.append((at, after + len(particle), way))
                break
    return tuple(found)

"""The next date that a page gives, and what happens then: results, a vote, a decision, a strike, a closing.

A claim that says what decides a story is worth more with its day. The words of the date are the page's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Sentence

__all__ = ["KINDS", "OF_EVENTS", "Scheduled", "announced", "find_scheduled"]

_MONTH: Final = r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
_WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE: Final = (
    rf"(?P<when>(?:the (?:end|middle|start) of )?{_MONTH}(?: \d{{1,2}}(?!\d))?(?:,? 20\d\d)?|\d{{1,2}} {_MONTH}(?: 20\d\d)?|"
    rf"(?:next )?{_WEEKDAY}|(?:early |mid-|late |the end of )?20\d\d|"
    r"the (?:first|second|third|fourth) (?:quarter|half)(?: of (?:20\d\d|(?:this|next) year))?|next (?:week|month|quarter|year))(?![\w-])"
)
_ON: Final = rf"(?:(?:on|in|by|for|from|until|before|is|due) ){{1,2}}{_DATE}"
_PATTERNS: Final = (
    (
        "prices",
        lazily(
            rf"\b(?i:price (?:increases|rises|hikes))\b[^.;]{{0,60}}? (?:reach(?:es)?|take effect|show|appear|arrive|come into force|start)\b"
            rf"[^.;]{{0,30}}? (?:in|from|by|on) {_DATE}"
        ),
    ),
    (
        "prices",
        lazily(rf"\b(?:rais(?:e|es|ing)) (?:its |list |its list )?prices\b[^.;]{{0,50}}? (?:in|from|by|on) {_DATE}"),
    ),
    ("results", lazily(rf"\b(?:reports?|reporting|publish(?:es)?|releases?|will announce|announces)\b[^.;,]{{0,40}}\b(?:results|earnings)\b[^.;,]{{0,16}} {_ON}")),
    ("results", lazily(rf"\b(?i:results|earnings) (?:are |is )?(?:due|expected|scheduled|slated) {_ON}")),
    ("decision", lazily(rf"\bnext (?:[\w-]+ )?(?:decision|meeting|review|policy review)\b(?: is)?[^.;,]{{0,12}} {_ON}")),
    ("decision", lazily(rf"\b(?:next meets|meets next|meets again|next meet)\b[^.;,]{{0,10}} {_ON}")),
    ("vote", lazily(rf"\b(?:will vote|to vote|votes?(?= on)|a vote)\b[^.;,]{{0,50}}? {_ON}")),
    ("vote", lazily(rf"\bvotes? {_ON}")),
    ("strike", lazily(rf"\b(?i:strike|walk ?out|stoppage)\b[^.;,]{{0,20}}? (?:from|starting|beginning|starts?|starts? on|to begin|to begin on) {_DATE}")),
    ("hearing", lazily(rf"\b(?i:hearing|trial|arbitration)\b[^.;]{{0,70}}? (?:set|scheduled|due|expected|starts?|begins?) {_ON}")),
    ("ruling", lazily(rf"\b(?:ruling|verdict|decision|decide|target date|action date|review)\b[^.;]{{0,40}}? (?:due|expected|by|set for|scheduled for|of) (?:by |on |in )?{_DATE}")),
    ("closing", lazily(rf"\b(?i:clos(?:e|ing)|complet(?:e|ion)|transaction|deal)\b[^.;,]{{0,40}}? (?:expected|due|planned|scheduled|set|close|complete|completed)\b[^.;,]{{0,20}}? {_ON}")),
    ("data", lazily(rf"\b(?:publishes|releases|will publish|will release|data (?:is|are) due|figures (?:is|are) due)\b[^.;,]{{0,40}}? {_ON}")),
    ("sale", lazily(rf"\b(?:go on sale|goes on sale|launch(?:es)?|ships?|available)\b[^.;,]{{0,30}}? (?:on|from|in) {_DATE}")),
    ("index", lazily(rf"\b(?:join|joins|be added|enter)\b[^.;,]{{0,40}}? (?:before the open|effective|prior to the open|after the close|starting)[^.;,]{{0,20}}? (?:on )?{_DATE}")),
    ("restart", lazily(rf"\b(?:halt|halted|shut|shutdown|closed|stoppage|suspend(?:ed)?|pause[ds]?|production)\b[^.;]{{0,50}}? (?:until|resume (?:on|in)|restart (?:on|in)|through) {_DATE}")),
    ("start", lazily(rf"\b(?:take effect|takes effect|taking effect|effective|in force)\b[^.;,]{{0,20}}? (?:on |in |from ){_DATE}")),
    ("start", lazily(rf"\btariffs?\b[^.;,]{{0,40}}? from {_DATE}")),
)  # fmt: skip
# a word that has to stand in a sentence before its pattern is tried
_SIGNS: Final = {
    "prices": ("price",), "results": ("results", "earnings"), "decision": ("next",), "vote": ("vote",),
    "strike": ("strike", "walkout", "walk out", "stoppage"), "hearing": ("hearing", "trial", "arbitration"),
    "ruling": ("ruling", "verdict", "decision", "decide", "date", "review"), "closing": ("clos", "complet", "transaction", "deal"),
    "data": ("publish", "release", "due"), "sale": ("on sale", "launch", "ship", "available"), "index": ("join", "added", "enter"),
    "restart": ("until", "resume", "restart", "through"), "start": ("effect", "in force", "tariff"),
}  # fmt: skip
_PAST: Final = lazily(r"\b(?:was|were|had|held|ended|earlier|ago|last|compared|rejected|approved|declined)\b")
_MOST: Final = 14  # sentences that are looked at
OF_EVENTS: Final = {
    "strike": ("labor",), "hearing": ("litigation", "antitrust", "fraud", "regulatory_probe", "supply_disruption"), "index": ("index",),
    "sale": ("product",), "closing": ("ma_",), "restart": ("supply", "cyber", "labor", "product"), "prices": ("guidance", "earnings", "product"),
    "ruling": ("litigation", "antitrust", "regulatory", "ma_", "fraud"), "start": ("tariff", "regulatory", "sanctions", "political"),
}  # fmt: skip
"""How the parent of an event begins that such a day belongs to; the others belong to any."""
KINDS: Final = frozenset(kind for kind, _ in _PATTERNS)
"""What can be scheduled; a playbook asks for it as `dated_results`."""

_SAYS: Final = {
    "prices": "Price rises are due {on}.",
    "results": "Results {on} are the first test.",
    "decision": "The next decision is due {on}.",
    "vote": "The vote {on} comes first.",
    "strike": "The day to watch is {day}, when the strike is to begin.",
    "hearing": "The hearing {on} is the first date.",
    "ruling": "The answer is due {on}.",
    "closing": "Closing is meant for {day}.",
    "data": "The next figures are out {on}.",
    "sale": "Sales start {on}.",
    "index": "It takes effect {on}.",
    "restart": "{Day} is the date it has to hold.",
    "start": "It takes effect {on}.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """A day ahead in the page's words, with its preposition and without, and what happens then."""

    kind: str
    day: str
    span: Span

    @property
    def on(self) -> str:
        """The day as it follows a verb: "on Nov. 20", "in January", "next week"."""
        first = self.day.split()[0].lower()
        if first == "next":
            return self.day
        exact = any(part.strip(",").isdigit() and len(part.strip(",")) <= 2 for part in self.day.split())
        return f"{'on' if exact or self.day.lower().endswith('day') else 'in' if not self.day.startswith('the end') else 'by'} {self.day}"


def find_scheduled(text: str, sentences: Iterable[Sentence]) -> Sequence[Scheduled]:
    """Find the days ahead that the page's live sentences give, in the order of the text, one of each kind."""
    found: dict[str, Scheduled] = {}
    lowered = text.lower()
    possible = [
        (kind, pattern, _SIGNS[kind])
        for kind, pattern in _PATTERNS
        if any(sign in lowered for sign in _SIGNS[kind])
    ]
    for sentence in sentences:
        if sentence.background or sentence.index > _MOST:
            continue
        start, end = sentence.span.start, sentence.span.end
        said = lowered[start:end]
        for kind, pattern, signs in possible:
            if kind in found or not any(sign in said for sign in signs):
                continue
            match = pattern.search(text, start, end)
            if match is None or _PAST.search(match.group()):
                continue
            when = Span(*match.span("when"))
            if not any(s.span == when for s in found.values()):
                found[kind] = Scheduled(kind=kind, day=when.of(text), span=when)
    return tuple(sorted(found.values(), key=lambda s: s.span.start))


def announced(scheduled: Scheduled) -> str:
    """Say in a short sentence what the day brings.

    >>> announced(Scheduled(kind="vote", day="July 11", span=Span(0, 7)))
    'The vote on July 11 comes first.'
    """
    day = scheduled.day
    return _SAYS[scheduled.kind].format(on=scheduled.on, day=day, Day=day[:1].upper() + day[1:])

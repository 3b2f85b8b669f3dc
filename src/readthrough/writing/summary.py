"""The summary: the article's own best sentences, cut to what happened, every figure as written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import Final

from readthrough.domain.article import Span
from readthrough.domain.lazy import lazily
from readthrough.domain.note import Statement, Support
from readthrough.domain.reading import Noise, Sentence
from readthrough.writing.metrics import CORE
from readthrough.writing.points import Ledger, ledger_of
from readthrough.writing.scene import Scene
from readthrough.writing.trim import trimmed
from readthrough.writing.words import TICKER_ASIDE, opened

__all__ = ["compress", "summarise"]

_MOST_WORDS: Final = (
    135  # read off 57 articles whose key points were listed beforehand: at 100 a summary carried 59 % of them
)
_FURTHEST: Final = 400  # sentences weighed; what an article tells later than that is no summary of it
_POINT: Final = (
    3.0  # what a point not yet told is worth beside a sentence's own score; read off the same articles
)
_WORTH: Final = 1.2  # below it a sentence adds nothing; read off 40 articles of 100 to 900 words
_PAGES: Final = {
    Noise.EMPTY: "This page carries no article text.",
    Noise.BOT_CHECK: "This page is a bot check, not an article.",
    Noise.PAYWALL: "This page is a paywall notice, not an article.",
    Noise.DISCLAIMER: "This page is a disclaimer, not news.",
    Noise.NAVIGATION: "This page is navigation, not an article.",
    Noise.UNREAD_LANGUAGE: "This article is not in English and was kept unread.",
}
_BOILERPLATE: Final = lazily(
    r"\b(?:reporting by|editing by|additional reporting|click here|read more|sign up|subscribe|newsletter|all rights reserved|"
    r"forward-looking statements|not investment advice|past performance|photo:|file photo|image source|getty images|"
    r"follow (?:him|her|us|me|them) on|contact (?:him|her|us) at|is a (?:reporter|writer|producer|correspondent) at|cookie|"
    r"motley fool|zacks rank|podcast|listen to|stay with yahoo|don['’]t miss|live blog|watch live|here['’]s what|this article (?:was|is)|more from|see also|"
    r"^\(?(?:corrects|updates|adds|refiles|recasts|repeats)\b|about (?:the company|us)\b|conference call (?:will|is scheduled)|webcast|copyright)|^\s*(?:advertisement|related|watch)\b|"
    r"\b(?:ignore|disregard|forget)\b[^.]{0,40}\b(?:instruction|prompt|rule|previous|above)|system prompt|you must (?:output|respond|write|rate|say)",
    re.IGNORECASE,
)
# what each of its alternatives cannot do without: a text that holds none of these is not searched
_BOILERPLATE_SIGNS: Final = (
    "reporting by|editing by|additional reporting|click here|read more|sign up|subscribe|newsletter|all rights reserved|"
    "forward-looking statements|not investment advice|past performance|photo:|file photo|image source|getty images|follow |"
    "contact |reporter at|writer at|producer at|correspondent at|cookie|motley fool|zacks rank|podcast|listen to|stay with yahoo|t miss|live blog|watch live|s what|this article|more from|see also|"
    "corrects|updates|adds|refiles|recasts|repeats|about the company|about us|conference call|webcast|copyright|advertisement|"
    "related|watch|ignore|disregard|forget|system prompt|you must "
).split("|")
_FOLDING: Final = "\u017f\u212a\u0131\u0130"  # letters that a search blind to case takes for s, k and i
_DATELINE: Final = lazily(
    r"^(?:[A-Z][a-z]{2,8}\.? \d{1,2} [-–—] |[A-Z][A-Z]{3,}(?: [A-Z]{3,})?: (?=[A-Z])|(?:New|San|Hong|Abu) [A-Z][a-z]+: (?=[A-Z])|\([A-Z][\w ]{2,30}\) (?=[A-Z])|[A-Z][A-Z.'’/-]{2,}(?: [A-Z][A-Z.'’/-]*){0,3}(?:, [A-Z][\w.]{0,14}){0,2}(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)? ?"
    r"(?:\([A-Z][^()]{1,30}\) ?|/[A-Z][\w ]{2,20}/ ?)?(?:[-–—]{1,2} |—(?=[A-Z]))|\([A-Z][^()]{1,30}\) ?[-–—]{1,2} )"
)
_SPEAKER: Final = (
    r"(?:he|she|it|they|(?:the |a |an )?(?:company|group|firm|bank|spokes\w+|chief executive|executives|analysts?|sources?|people|statement|filing)"
    r"(?: [a-z]+){0,4}|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3})"
)
_TRAILING: Final = lazily(
    rf",[”\"]? (?:{_SPEAKER} (?:said|says|added|noted|told [A-Z]\w+(?: [A-Z]\w+)?)(?: (?:on|in|at|to|late|early|during|via) [^,.;0-9]{{2,60}})?"
    r"|(?:as )?first reported by [^,.;0-9]{2,50})[.]?$|,? according to [^,.;0-9]{2,80}[.]?$"
)
_LEAD_IN: Final = lazily(
    r"^(?:However|Meanwhile|In addition|Additionally|Moreover|Furthermore|Separately|Still|Also|Indeed|Notably|In fact|"
    r"To be sure|For now|That said|Of course|Importantly|As a result|Overall), "
)
_LOOKS_BACK: Final = lazily(
    r"(?:(?:In|Since|Before|Earlier|Back in|Last) [^.,]{0,40}\b(?:last year|years? ago|20\d\d|last (?:spring|summer|autumn|winter|fall))|Last year\b)"
)
_LEDE: Final = 1.5  # by how much a later sentence has to tell more than the first to open the summary
_LONG_PAGE: Final = 150  # words from which on a summary may take five sentences, most of them short
_WORD: Final = (
    0.03  # what a word costs beside a sentence's worth: of two that tell as much the shorter one is taken
)
_FRESH: Final = 3  # points of a sentence that count; a fourth is a list
_BRIEF: Final = 13  # words of a sentence that takes half a place: "Net interest margin widened to 3.18%."
_SPARE: Final = 0.5  # of a place that the last sentence may go over
_JOINED: Final = 17  # words of a sentence that may share one with another
_NEXT: Final = 3  # characters between a sentence and the one after it
_PLAIN_OPENINGS: Final = frozenset(
    "The Its It A An Net Adjusted Revenue Sales Shares Profit Earnings Operating Analysts Comparable Same-store Total Gross Full-year Half-year "
    "First-quarter Second-quarter Third-quarter Fourth-quarter Quarterly Annual Organic Underlying Core Deposits Orders Margins Traffic Free Cash "
    "Each Turnover Fuel Gold Crude Software Trade Holders Buyers Foreign Passengers Default Criticised Management Economists Traders Futures Investors Volumes Deliveries Production Output Headline Average About Data-centre Cloud Group".split()
)
_SECOND_HALF: Final = 22  # words of a sentence that only says against what the one before is to be held
_AGAINST: Final = lazily(
    r"^(?:(?:Analysts|Economists|Wall Street|The (?:consensus|market|Street)|Consensus|That (?:was|is|beat|compares|compared|missed)|It (?:had|previously|earlier)|"
    r"(?:In|Back in) [A-Z][a-z]+,? (?:it|the (?:company|group|bank|carrier|firm))|Previously|Its previous|A year (?:earlier|ago|before))\b)[^.]*\d"
)
_COMPARED: Final = 14  # best sentences that compete for a place
_REPEATED: Final = 6.0  # charge for a sentence that says all of what another does
_MAY_SHARE: Final = 0.25  # names and topic recur in every sentence: what they share is free
_UPPER: Final = 8  # sentences of the body whose words are held against the headline's
_SAME: Final = 2  # words shared with the headline that show a sentence to tell the same news
_EMPTY: Final = lazily(r"\b(?:announce[ds]?|reported|released|posted)\b[^.]{0,40}\bresults\b[^$€£¥%]*$")
_LOOSE: Final = frozenset(
    {"unspecified", "people"}
)  # figures of which nothing is said that a reader could use
_SAID_WHEN: Final = lazily(
    r"(?<=\b(?:said)) (?:in a (?:statement|filing|release|press release|note)(?: on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?|"
    r"on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?=[ ,.])"
)
_MARKER: Final = lazily(r"^(?:[-*•·–—]|UPDATE \d-|BRIEF-|WRAPUP \d-|Exclusive:)\s*")
_SO_DID: Final = lazily(r"^So (?:did|does|has|have|was|were) ([^:,.]{3,40}:) (?=\S)")
_FRAGMENT: Final = lazily(
    r"(Down|Up|Off)(?= (?:as much as |more than |nearly |about |almost )?\d[\d.,]*(?:%| per ?cent)[^,;:]*\.$)"
)
_ASKED: Final = lazily(r"\b(the (?:shares|stock))\?$", re.IGNORECASE)
_LONG_AGO: Final = lazily(
    r"\b(?:so far this year|since January|this year through|year[- ]to[- ]date|last (?:fiscal )?year\.$|for the year as a whole|(?:is|are|was|were) steady|"
    r"(?:has|have|had) (?:roughly |more than |nearly |almost )?(?:gained|lost|doubled|tripled|risen|fallen|earned|dropped|climbed)\b)"
)
_QUOTES: Final = lazily(r'["“”]')
_POINTING: Final = lazily(
    r"(?:He|She|They|We|I|You|It|That|This|These|Those|Such|His|Her|Their|But|And|So|Then|There|Yes|No|Here)\b"
)
_LEANS: Final = lazily(
    r"(?:He|She|They|It|This|That|These|Those|His|Her|Their|Such|Or|But|And|So|Yet|Then|There|Here|Imagine|Consider|Remember|Welcome|Back in|On the face of it)\b(?! (?:Inc|Corp|Ltd))"
)
# a writer who speaks of himself or to his reader tells no news
_TALKS: Final = lazily(
    r"(?<![\w“\"])(?:I|I['’]m|I['’]ve|my|me|we['’]re|let['’]s|you|your|you['’]re|y['’]all|yourself)(?!\w)",
    re.I,
)
_CONTENT: Final = lazily(r"[\w$€£%][\w.,%'-]*")
_STOPS: Final = frozenset(
    "the a an of in on to for and or but as at by with from its it is was were be been has have had that this which their they "
    "than after said says will would could more".split()
)


@dataclass(frozen=True, eq=False)
class _Scored:
    sentence: Sentence
    score: float
    text: str

    @cached_property
    def size(self) -> int:
        return len(self.text.split())

    @cached_property
    def words(self) -> frozenset[str]:
        return _content(self.text)


def summarise(scene: Scene) -> tuple[Statement, ...]:
    """Choose two to four sentences: who, what, how much against what, and the reaction.

    A page of noise gets one sentence that says what it is.
    """
    reading = scene.reading
    if reading.noise is not None:
        return (Statement(text=_PAGES[reading.noise], support=(Support(kind="page", id=reading.noise),)),)
    ledger = ledger_of(scene)
    chosen = _choose(scene, _score_all(scene, ledger), ledger)
    statements: list[Statement] = []
    for sentence in sorted(chosen, key=lambda s: s.span.start):
        text, span = _asked_for(sentence, scene) or (_cut(sentence, scene), sentence.span)
        if text:
            statements.append(Statement(text=text, support=(Support(kind="span", span=span),)))
    return _joined(statements, scene.text)


def _joined(statements: Sequence[Statement], article: str) -> tuple[Statement, ...]:
    """Make one sentence of two short ones that follow each other: each keeps its words and its place."""
    joined: list[Statement] = []
    for statement in statements:
        last = joined[-1] if joined else None
        if last is not None and len(last.support) == 1 and _may_share(last, statement):
            text = f"{last.text[:-1]}; {_inside(statement.text, article)}"
            joined[-1] = Statement(text=text, support=(*last.support, *statement.support))
        else:
            joined.append(statement)
    return tuple(joined)


def _may_share(first: Statement, second: Statement) -> bool:
    """Tell whether both are short, and a pronoun that opens the second still has what it stood for before it."""
    if not (_fits_beside(first.text) and _fits_beside(second.text)):
        return False
    left, right = first.support[-1].span, second.support[0].span
    near = left is not None and right is not None and 0 <= right.start - left.end <= _NEXT
    return near or (_POINTING.match(second.text) is None and not second.text.startswith("Its "))


def _fits_beside(text: str) -> bool:
    return (
        len(text.split()) <= _JOINED
        and text.endswith(".")
        and not text.endswith("..")
        and ";" not in text
        and not _QUOTES.search(text)
    )


def _inside(text: str, article: str) -> str:
    """Write a sentence as one that goes on: its first letter is small unless it opens with a name."""
    word = text.split(" ", 1)[0]
    small = f" {word.lower()} " in article and f" {word} " not in article.replace(f". {word} ", "")
    return f"{text[:1].lower()}{text[1:]}" if word in _PLAIN_OPENINGS or small else text


def _cut(sentence: Sentence, scene: Scene) -> str:
    return trimmed(compress(sentence.span.of(scene.text)), scene.names)


def _asked_for(scored: Sentence, scene: Scene) -> tuple[str, Span] | None:
    """Join a fragment that tells a price to the question before it: "And the shares? Down 5.4%." says "The shares: down 5.4%." """
    text = _cut(scored, scene)
    match = _FRAGMENT.match(text)
    before = scene.sentence(scored.index - 1) if match else None
    asked = _ASKED.search(before.span.of(scene.text)) if before is not None else None
    if match is None or before is None or asked is None:
        return None
    return f"{opened(asked[1])}: {text[0].lower()}{text[1:]}", Span(before.span.start, scored.span.end)


@lru_cache(maxsize=256)
def compress(sentence: str) -> str:
    """Cut a sentence down by deletion only: dateline, lead-in, ticker asides, trailing attribution.

    >>> compress("NEW YORK (Reuters) - However, Acme (ACM) said on Monday profit rose 3%, the company said.")
    'Acme said profit rose 3%.'
    """
    text = " ".join(sentence.split())
    text = _DATELINE.sub("", text, count=1)
    text = _MARKER.sub("", text)
    text = _SO_DID.sub(r"\1", text, count=1)
    text = _LEAD_IN.sub("", text, count=1)
    if "(" in text:
        text = TICKER_ASIDE.sub("", text)
    if "said" in text:
        text = _SAID_WHEN.sub("", text)
    if "“" not in text and '"' not in text:
        text = _TRAILING.sub("", text)
    if text.count('"') % 2 or text.count("“") != text.count("”"):
        text = _QUOTES.sub("", text)
    text = text.strip().rstrip(",;:–—- ")
    if not text:
        return ""
    return opened(text if text[-1] in '.!?”"' else f"{text}.")


def _score_all(scene: Scene, ledger: Ledger) -> list[_Scored]:
    body = 0
    found: list[_Scored] = []
    signs = _boilerplate_signs(scene)
    headed = frozenset[str]().union(
        *(_content(s.span.of(scene.text)) for s in scene.reading.sentences[:2] if s.headline)
    )
    for sentence in scene.reading.sentences[:_FURTHEST]:
        if not sentence.headline:
            body += 1
        text = sentence.span.of(scene.text)
        lowered = text.lower() if signs else ""
        stale = any(s in lowered for s in signs) and _BOILERPLATE.search(text) is not None
        score = (
            -10.0
            if stale or (not sentence.headline and _is_title(text))
            else _score(ledger, sentence, text, body, headed)
        )
        found.append(_Scored(sentence, score, text))
    return found


def _is_title(text: str) -> bool:
    """Tell whether a line of the body is the headline of another page: nearly every word of it is capitalised."""
    words = text.split()
    if len(words) < 6 or text.rstrip()[-1:] in '.!”"':
        return False
    return sum(w[:1].isupper() or w[:1].isdigit() for w in words) >= 0.7 * len(words)


def _boilerplate_signs(scene: Scene) -> tuple[str, ...]:
    """Say which signs of boilerplate the article holds; the empty one, which all do, where case may hide them."""
    if any(letter in scene.text for letter in _FOLDING):
        return ("",)
    return tuple(s for s in _BOILERPLATE_SIGNS if s in scene.lowered)


def _score(ledger: Ledger, sentence: Sentence, text: str, position: int, headed: frozenset[str]) -> float:
    length = len(text.split())
    if length < 4:
        return -10.0
    place = 2.4 if sentence.headline else 3.2 / (1 + 0.3 * (position - 1))
    index = sentence.index
    bearing = index in ledger.points or index in ledger.naming
    if position > _UPPER and not bearing and index not in ledger.facts and index not in ledger.events:
        return min(place, 1.0) - 1.0  # it tells nothing that a summary could take
    if position <= _UPPER and not sentence.headline and headed:
        same = len(_content(text) & headed)
        place *= 1.0 if bearing or same >= _SAME else 0.4
        place += 0.4 * min(4, same)
    score = place + min(4.0, _facts_worth(ledger, sentence)) + min(3.0, _events_worth(ledger, sentence))
    score += 0.8 * (sentence.index in ledger.naming)
    score -= 3.0 * sentence.background + 1.5 * (length > 50) + 2.0 * text.endswith("?") + 2.0 * (length < 7)
    score -= 1.2 * (text.lstrip()[:1] in '“"' or text.count("“") + text.count('"') > 1)
    score -= 1.5 * bool(_LOOKS_BACK.match(text)) + 8.0 * (
        "results" in text and _EMPTY.search(text) is not None
    )
    score -= 1.2 * (position > 2 and index in ledger.facts and _LONG_AGO.search(text) is not None)
    score -= 1.4 * bool(_POINTING.match(text)) + 2.2 * (
        not sentence.headline and ledger.talks and _TALKS.search(text) is not None
    )
    score -= 1.6 * (text.lstrip()[:1] in '“"')
    return score


def _facts_worth(ledger: Ledger, sentence: Sentence) -> float:
    return sum(
        1.0
        + 0.8 * bool(fact.vs_expectation)
        + 0.5 * (fact.metric in CORE or fact.metric == "share price")
        - 0.8 * (fact.metric in _LOOSE)
        for fact in ledger.facts.get(sentence.index, ())
    )


def _events_worth(ledger: Ledger, sentence: Sentence) -> float:
    return sum(0.6 + 1.4 * strength for strength in ledger.events.get(sentence.index, {}).values())


@lru_cache(maxsize=512)
def _content(text: str) -> frozenset[str]:
    words = set(_CONTENT.findall(text.lower())) - _STOPS
    return frozenset(w if w.isalnum() else w.removesuffix("'s").strip(".,'") for w in words) - _STOPS


def _choose(scene: Scene, scored: Sequence[_Scored], ledger: Ledger) -> list[Sentence]:
    """Take the best sentences one by one, each charged for what the ones before already say."""
    length = scene.length
    most = 2 if length < 60 else 4 if length < _LONG_PAGE else 5
    body = [s for s in scored if not s.sentence.headline and s.score > 0]
    opening = _opening(scene, scored, ledger)
    chosen: list[_Scored] = [opening] if opening else []
    if opening is not None:
        chosen += _second_half(opening, scored)
    words = sum(_length(s, scene) for s in chosen)
    points = ledger.points
    told = set[str]().union(*(points.get(s.sentence.index, ()) for s in chosen))
    sentences = float(len(chosen[:1]))
    pool = [s for s in scored if s not in chosen and not (s.sentence.headline and _told_again(s, body))]
    # what a sentence can be worth at most is its score and its new points: the rest need not be compared
    bounded = [(s.score + _POINT * min(_FRESH, len(points.get(s.sentence.index, ()))), s) for s in pool]
    bounded.sort(key=lambda b: -b[0])
    bounded = [(bound - _WORD * s.size, s) for bound, s in bounded[:_COMPARED]]
    bounded.sort(key=lambda b: -b[0])
    least = _WORTH if len(body) > most else 0.0  # a page of a few sentences is told whole
    while sentences < most:
        value, best = _worthiest(bounded, chosen, points, told)
        if best is None or (chosen and value < least) or best.score <= -5:
            break
        bounded = [b for b in bounded if b[1] is not best]
        added = [best, *(s for s in _second_half(best, scored) if s not in chosen)]
        if chosen and words + sum(_length(s, scene) for s in added) > _MOST_WORDS:
            added = added[:1]
        place = 0.5 if best.size <= _BRIEF and not best.sentence.headline else 1.0
        if chosen and (words + _length(best, scene) > _MOST_WORDS or sentences + place > most + _SPARE):
            continue  # a shorter one may still find room
        words += sum(_length(s, scene) for s in added)
        sentences += place
        chosen += added
        bounded = [b for b in bounded if b[1] not in added]
        told.update(*(points.get(s.sentence.index, ()) for s in added))
    _tell_reaction(scene, scored, chosen, most, points)
    return [s.sentence for s in chosen]


def _length(scored: _Scored, scene: Scene) -> int:
    return len(_cut(scored.sentence, scene).split())


def _second_half(first: _Scored, scored: Sequence[_Scored]) -> list[_Scored]:
    """Find the short sentence after it that says against what its figures are to be held: "Analysts had looked for $3.2 billion." """
    after = next((s for s in scored if s.sentence.index == first.sentence.index + 1), None)
    if after is None or first.sentence.headline or after.score <= -5 or after.sentence.background:
        return []
    return [after] if len(after.text.split()) <= _SECOND_HALF and _AGAINST.search(after.text) else []


def _tell_reaction(
    scene: Scene,
    scored: Sequence[_Scored],
    chosen: list[_Scored],
    most: int,
    points: Mapping[int, frozenset[str]],
) -> None:
    """See to it that the price move is told where the page tells one: it takes the place of the slightest sentence."""
    move = scene.main.move
    if move is None or not chosen or any(s.sentence.span.covers(move.figure) for s in chosen):
        return
    told = next((s for s in scored if s.sentence.span.covers(move.figure) and s.score > -2), None)
    if told is None or told.sentence.headline or told.text.rstrip().endswith("?"):
        return
    if len(chosen) >= most and len(chosen) > 1:
        chosen.remove(min(chosen[1:], key=lambda s: _alone_worth(s, chosen, points)))
    chosen.append(told)


def _alone_worth(
    candidate: _Scored, chosen: Sequence[_Scored], points: Mapping[int, frozenset[str]]
) -> float:
    """What a summary would lose with a sentence: its own score, and the points that no other sentence tells."""
    others = frozenset[str]().union(
        *(points.get(s.sentence.index, frozenset()) for s in chosen if s is not candidate)
    )
    only = points.get(candidate.sentence.index, frozenset()) - others
    return candidate.score + _POINT * min(_FRESH, len(only))


def _worthiest(
    bounded: Sequence[tuple[float, _Scored]],
    chosen: Sequence[_Scored],
    points: Mapping[int, frozenset[str]],
    told: set[str],
) -> tuple[float, _Scored | None]:
    """Find the sentence worth most beside the chosen ones, among sentences by falling bound of their worth."""
    value, best = 0.0, None
    for bound, candidate in bounded:
        if best is not None and bound <= value:
            break
        fresh = points.get(candidate.sentence.index, frozenset()) - told
        worth = candidate.score + _POINT * min(_FRESH, len(fresh)) - _repetition(candidate, chosen)
        worth -= _WORD * candidate.size
        if best is None or worth > value:
            value, best = worth, candidate
    return value, best


def _opening(scene: Scene, scored: Sequence[_Scored], ledger: Ledger) -> _Scored | None:
    """Find the sentence that says who and what: among the first of the body, else the headline."""
    issuer = scene.primary.issuer_id if scene.primary else None
    named = [m for m in scene.reading.mentions if m.issuer_id == issuer and m.via != "coreference"]

    def fit(*, headline: bool) -> Iterator[_Scored]:
        for s in scored:
            fits = s.score > 0 and bool(s.sentence.headline) is headline
            if fits and (not named or any(s.sentence.span.covers(m.span) for m in named)):
                yield s

    body = [s for s in islice(fit(headline=False), 4) if not _LEANS.match(compress(s.text))][:3]
    first = next((s for s in body if s.sentence.index <= 4), None)
    if first is not None:
        told = ledger.points
        headline = frozenset[str]().union(*(s.words for s in scored if s.sentence.headline))
        if headline and all(len(s.words & headline) < _SAME and not told.get(s.sentence.index) for s in body):
            # a page that opens with a scene says in its headline what it is about
            return next(fit(headline=True), first)
        telling = [s for s in body if told.get(s.sentence.index) or len(s.words & headline) >= _SAME]
        best = max(telling, key=lambda s: (s.score, len(s.words & headline)), default=first)
        return first if first.score >= best.score - _LEDE and (first in telling or not telling) else best
    return next(fit(headline=True), None)


def _told_again(headline: _Scored, body: Sequence[_Scored]) -> bool:
    """Tell whether the first sentences of the body carry the headline's content."""
    if len(body) >= 4:
        return True
    told = frozenset[str]().union(*(s.words for s in body))
    return len(headline.words & told) >= 0.4 * max(1, len(headline.words))


def _repetition(candidate: _Scored, chosen: Sequence[_Scored]) -> float:
    own = candidate.words
    if not own:
        return 0.0
    shared = max((len(own & c.words) / min(len(own), len(c.words) or 1) for c in chosen), default=0.0)
    return _REPEATED * max(0.0, shared - _MAY_SHARE)

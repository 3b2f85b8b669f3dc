"""Read "Alibaba rose 7%" as the share price of whoever is the subject of the verb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Direction, Mention, Unit
from readthrough.reading.bound import RATES, Binding
from readthrough.reading.metrics import MOVE, Metric, move_direction, moves_between
from readthrough.reading.movement import ADJACENT, TO
from readthrough.reading.numbers import Quantity

__all__ = ["SEGMENT_STOP", "bind_mention", "listed_owner", "sharer_words"]

SEGMENT_STOP: Final = frozenset(
    "now the a an its their his her our and or of in on at to for from by with as that which than said says saying telling noting showing reported posted "
    "total net gross group company quarterly annual yearly monthly full-year fourth-quarter third-quarter second-quarter first-quarter half-year "
    "q1 q2 q3 q4 months nine six three twelve fiscal year quarter first second third fourth half full overall overall. adjusted reported organic underlying core comparable "
    "nine-month six-month three-month half-year predicts projects guides targets reckons including excluding more less about around nearly over up down higher lower strong weak record rising falling slower faster stronger weaker better worse "
    "analysts analyst expected forecast estimated average combined consolidated whose their new current next last this previous prior but while after "
    "because although though despite where when is was were are be been had has have will would could may grew rose fell boosted lifted raised cut cuts "
    "expects expect sees saw pushed drove helped hurt hit added also both including where per same lower-than-expected higher-than-expected "
    "better-than-expected worse-than-expected weaker-than-expected stronger-than-expected disappointing solid robust slowing growing declining million "
    "billion trillion percent cent its' us$ pretax pre-tax diluted basic non-gaap gaap it not no missed beat topped on-year year-on-year annualised annualized "
    "like-for-like estimated generated shrinking missing beating reports posts raises lowers sees warns flags forecasts like such any all some most much "
    "many each every these those even just only still then there if so too did does do can what how why into onto under against between during since "
    "until together about through back out off again further once here more most other own than very january february march april may june july august "
    "september october november december monday tuesday wednesday thursday friday earnings profits sales revenue revenues income margin margins share shares".split()
)

_UNIT_GREW: Final = lazily(
    r"(?P<seg>(?:[\w&’'-]+\s+){1,3}?)(?:units?|division|business(?:es)?|segment|arm)\s+(?:[\w-]+\s+){0,3}?$"
)
_UNITS: Final = ("unit", "division", "business", "segment", "arm")

_GREW: Final = lazily(r"\b(?:grew|grow|grows|growing|growth|expanded|shrank|contracted)\b")

_TRADED: Final = lazily(
    r"\b(?:rose|fell|jump\w*|climb\w*|gain\w*|drop\w*|declin\w*|slid\w*|slump\w*|surg\w*|soar\w*|plung\w*|tumbl\w*|lost|los(?:es|ing)|"
    r"added|adding|advanc\w*|edged|ticked|sank|sinks|shed|rall\w+|crash\w*|dipped|eased|up|down|higher|lower|rise|rises|rising|fall|falls|falling|popped|"
    r"spiked|bounced|rebound\w*|retreat\w*|slipp\w*|slips|skidd\w*|trad\w+|off)\b"
)

_MENTION_MOVED: Final = lazily(
    r"^\.?(?:['’]s?)?(?:\s+[\w&-]+)??(?:\s*\([^()]{1,24}\))?(?:,\s(?:which|whose|who|for which|to which|of which|in which|with|where|now|once|already|home|not|part|like|also|the|a|an|maker|owner|parent)\b[^;]{0,110},)?\s*"
    r",?\s*(?:(?:little\s+changed,|itself|seen|shares?|stock|adrs?|also|was|were|is|are|the\s+stock|which|had|has|have|initially|briefly|later|last|closed|ended|opened|finished|"
    r"trading|traded)\s+){0,4}$"
)

_OR_PERCENT: Final = lazily(r",? or (?:about |nearly )?[\d.]+\s?(?:%|per ?cent)")
_REACH: Final = 110  # code points before a figure in which its verb is looked for
_UPWARD: Final = frozenset(
    "higher,up,firmer,stronger,ahead,better,gain,rise,advance,jump,rally,surge,green".split(",")
)
_SHARES_BEFORE: Final = lazily(r"\b(?:shares?|stock|adrs?|scrip) \+?$")
_SET_OFF: Final = lazily(r"[;,:–—-] \+?$")
_IN_DEALS: Final = lazily(
    r"\s(?:pre-?market|after-?hours|(?:in|at) (?:early|late|extended|morning|afternoon|the (?:open|close)|[a-z]+(?: trad\w+| deals)?\W*$))"
)
_BESIDE: Final = lazily(r"\)?:?\s?\(?(?:[a-z]{1,5}\s)?(?:shares?\s|stock\s)?\+?")
_WITH_A: Final = lazily(r"\bwith an?\s(?:\w+\s)?$")
_A_MOVE: Final = lazily(r"\s(rise|gain|jump|advance|rally|surge|drop|fall|loss|decline|slide|slump|plunge)\b")
_RED: Final = lazily(r"\s(?:in the|into the|to the) (red|green)\b")
_OF_MARKETS: Final = (
    "price",
    "index",
    "rate",
    "yield",
    "futures",
)  # what settles higher or lower, as a share does
_CLOSED: Final = lazily(
    r"\b(?:closed|ended|finished|trad\w+|settl\w+|stand|stood|were|was|last|settled)\s(?:\w+\s){0,2}$"
)

_ENDED_WITH: Final = lazily(
    r"\b(?:closed|ended|finished|settled|close|end)\s(?:the \w+\s)?(?:\w+\s)?with a\s(?:\w+\s)?(gain|rise|advance|loss|fall|decline|drop) of\s(?:about\s)?$"
)

_FRAGMENT: Final = lazily(
    r"\W*(?:and\s)?(?:(?:since then|since|so far this year|this year|this week|over the past year|on \w+day),?\s)?(?:(?:it|they|the stock|both)(?:\s|['’](?=s\s)))?(?:s\s|is\s|was\s|were\s|are\s|has\s|have\s)?(?:risen|fallen|slid|fell|sank|dropped|tumbled|plunged|rose|jumped|soared|climbed|surged|gained|lost|shed|added|up|down|off|slipped|popped)\s(?:by\s|about\s|nearly\s|as much as\s|more than\s|another\s|a further\s|just\s|only\s|almost\s|roughly\s|some\s|over\s)?$"
)

_OTHER_METRIC: Final = lazily(
    r"\b(?:revenue|sales|profit|earnings|income|margin|loss|costs?|orders|deliveries|subscribers|users|growth|forecast|guidance|prices?|target|stake|unit|division|production|output)\b"
)
# "sold 606,993 cars in the quarter, up 42%": what was counted went up, not the shares
_COUNTED: Final = lazily(
    r"\b(?:sold|sells|delivered|delivers|shipped|ships|produced|produces|built|made|carried|flew|booked|pumped|mined|handled|opened|added|served)\s(?:[\w-]+\s){0,3}?\d"
)
_TRADED_AFTER: Final = lazily(
    r"\s(higher|lower|up|down|firmer|weaker|stronger|softer|adrift|ahead|better|worse)\b"
)

_GOVERNED: Final = lazily(
    r"(?<!shares )(?<!stock )(?<!price )\b(?:at|of|in|for|from|by|with|to|against|than)\s+(?:the\s+)?$"
)

_OVER_A_YEAR: Final = lazily(
    r"\s(?:(?:from|than|compared with|compared to|versus|against|over|on)\s(?:a year (?:ago|earlier|before)|the (?:same|year-ago|prior-year|previous year)|last year['’]s|the (?:previous|prior) (?:year|quarter))|year[- ]on[- ]year|year[- ]over[- ]year)\b"
)

_PARTICLE: Final = lazily(r"(?:up|down|off|higher|lower)\b")

_LISTED: Final = lazily(
    r"^\)?(?:['’]s)?(?:\s*\([^()]{1,24}\))?,?\s+(?:by\s+|about\s+|another\s+|a\s+further\s+)?$"
)


def sharer_words(words: str) -> str:
    kept: list[str] = []
    for word in reversed(words.split()):
        if word in SEGMENT_STOP or word.endswith(("'s", "’s")) or len(kept) == 2:
            break
        kept.insert(0, word)
    return " ".join(kept)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A percentage with what stands around it; `lead` is the words before it."""

    text: str
    quantity: Quantity
    before: Metric | None
    mentions: tuple[Mention, ...]
    start: int
    end: int
    lead: str

    @property
    def opener(self) -> Mention | None:
        """The issuer the sentence opens with."""
        return _opening(self.text, self.mentions, self.start, self.quantity.start)


def bind_mention(
    text: str, quantity: Quantity, before: Metric | None, mentions: tuple[Mention, ...], start: int, end: int
) -> Binding | None:
    """Read "Alibaba rose 7%" as the share price, "its cloud unit grew 38%" as revenue."""
    if quantity.unit not in RATES and not _in_money(text, quantity, end):
        return None
    lead = text[max(start, quantity.start - _REACH) : quantity.start]
    if _OVER_A_YEAR.match(text, quantity.end) and "share" not in lead and "stock" not in lead:
        return None  # "delivered 497,099 vehicles, up 7.4% from a year earlier": results are set against years, prices are not
    figure = _Figure(text, quantity, before, mentions, start, end, lead)
    for read in (_bracketed, _higher_or_lower, _ended_with, _with_a_move, _in_the_red, _fragment):
        found = read(figure)
        if found is not None:
            return found
    return _by_verb(figure)


def _price(at: int, change: Direction | None) -> Binding:
    return Binding(metric="share price", at=at, is_change=True, change=change)


def _way(word: str) -> Direction:
    return Direction.UP if word in _UPWARD else Direction.DOWN


def _higher_or_lower(figure: _Figure) -> Binding | None:
    """Read "was 0.4% lower" and "closed 1.7% higher"."""
    text, quantity, before, start = figure.text, figure.quantity, figure.before, figure.start
    after = _TRADED_AFTER.match(text[quantity.end : min(figure.end, quantity.end + 12)])
    if after is None:
        return None
    head = max(start, quantity.start - len(figure.lead) + len(figure.lead.rstrip())) + 1
    closed = _CLOSED.search(figure.lead)
    if closed and before is not None and not before.name.endswith(_OF_MARKETS):
        verb = quantity.start - len(figure.lead) + closed.start()
        if not text[before.end : max(before.end, verb)].strip():
            return None  # "its profit was 5% higher"
    owner = _owner(text, figure.mentions, start, head) or (figure.opener if closed else None)
    if owner is None:
        return None
    free = closed or before is None or before.name == "share price" or before.end <= owner.span.start
    return _price(owner.span.start, _way(after[1])) if free else None


def _ended_with(figure: _Figure) -> Binding | None:
    """Read "ended with a gain of 2.2%"."""
    gain = _ENDED_WITH.search(figure.lead) if "with a" in figure.lead else None
    owner = figure.opener if gain else None
    return _price(owner.span.start, _way(gain[1])) if gain and owner else None


def _with_a_move(figure: _Figure) -> Binding | None:
    """Read "the top gainer on the index with a 7% rise"."""
    move = _A_MOVE.match(figure.text, figure.quantity.end, figure.end)
    owner = figure.opener if move and _WITH_A.search(figure.lead) else None
    return _price(owner.span.start, _way(move[1])) if move and owner else None


def _in_the_red(figure: _Figure) -> Binding | None:
    """Read "ended the day 2.5% in the red"."""
    shade = _RED.match(figure.text, figure.quantity.end, figure.end)
    owner = figure.opener if shade else None
    return _price(owner.span.start, _way(shade[1])) if shade and owner else None


def _fragment(figure: _Figure) -> Binding | None:
    """Read "Down 5.4% in extended trading." and "It slid 5.5%"."""
    if figure.before is not None or len(figure.lead) >= 40:
        return None
    fragment = _FRAGMENT.match(figure.text, figure.start, figure.quantity.start)
    if fragment is None:
        return None
    moved = MOVE.search(fragment.group())
    return _price(figure.start, move_direction(moved) if moved else Direction.DOWN)


def _by_verb(figure: _Figure) -> Binding | None:
    """Read the verb that moves the figure and whoever is its subject."""
    lead, before, until = figure.lead, figure.before, figure.quantity.start
    opens = max(figure.start, until - _REACH)
    moves = moves_between(figure.text, figure.start, figure.end, opens, until + 1)  # "off 3.2%" too
    if moves:
        verb = moves[-1]
        head, over = verb.start(), verb.end()
    elif traded := list(_TRADED.finditer(lead)):
        verb = traded[-1]
        head, over = opens + verb.start(), opens + verb.end()
    else:
        return None
    gap = figure.text[over:until]
    if not ADJACENT.match(gap):
        return None
    moved = MOVE.search(verb.group())
    change = move_direction(moved) if moved else Direction.DOWN if verb.group() == "off" else None
    close = before is not None and before.end <= head and len(figure.text[before.end : head].split()) <= 3
    market = before is None or before.name in {"index", "share price"}
    owner = _owner(figure.text, figure.mentions, figure.start, head)
    if close and not market and not _past(owner, before, figure.text):
        return None
    if (
        before is not None
        and before.name == "index"
        and before.start - figure.start < 8
        and not _right_before(owner, before, figure.text, head)
    ):
        return None  # "The CSI 300, China's benchmark, was the worst, falling 27%"
    if market and (joined := _bucked(figure.text, figure.quantity, figure.mentions, figure.start, head)):
        return _price(joined.span.start, change)
    if close and not _past(owner, before, figure.text):
        return None
    level = TO.search(gap) is not None
    near = figure.text[max(figure.start, head - 60) : head]
    unit = _UNIT_GREW.search(near) if any(word in near for word in _UNITS) else None
    if unit is not None and not level:
        segment = sharer_words(unit["seg"])
        return Binding(metric="revenue", at=head, segment=segment, is_change=True, change=change)
    if owner is None or (
        before is not None and before.name == "share price" and before.end > owner.span.start
    ):
        return None
    metric = "revenue" if _GREW.search(verb.group()) else "share price"
    return Binding(metric=metric, at=owner.span.start, is_change=not level, change=change)


def _right_before(owner: Mention | None, metric: Metric, text: str, verb: int) -> bool:
    """Tell a share of an index that moved itself: "the Nikkei rose 1.9%, led by exporters: Toyota gained 3.1%"."""
    return owner is not None and owner.span.start >= metric.end and "," not in text[owner.span.end : verb]


def _past(owner: Mention | None, metric: Metric | None, text: str) -> bool:
    """Tell whether a metric stands in an aside on the owner, or before the owner is named."""
    if owner is None or metric is None:
        return False
    return owner.span.start >= metric.end or (owner.span.end < metric.start and text[owner.span.end] == ",")


def _in_money(text: str, quantity: Quantity, end: int) -> bool:
    """Tell "gained $4.25, or 5.1 percent" and "closed at $271" from sums of money."""
    if quantity.unit is not Unit.MONEY or quantity.scale not in {"", "pence", "cents"}:
        return False
    return _OR_PERCENT.match(text, quantity.end, end) is not None


def _bracketed(figure: _Figure) -> Binding | None:
    """Read "Nvidia (NVDA +3.2%)" and "Nike: shares -5%": a signed percentage right beside a name."""
    text, quantity = figure.text, figure.quantity
    signed = text[quantity.start - 1 : quantity.start] == "+" or quantity.value < 0
    if not signed or quantity.unit is not Unit.PERCENT:
        return None
    way = Direction.DOWN if quantity.value < 0 else Direction.UP
    shares = _SHARES_BEFORE.search(text, max(figure.start, quantity.start - 20), quantity.start)
    if shares is not None:
        return _price(shares.start(), way)
    owner = next((m for m in reversed(figure.mentions) if m.span.end <= quantity.start), None)
    if owner is None:
        return None
    if _SET_OFF.search(text, owner.span.end, quantity.start) and _IN_DEALS.match(
        text, quantity.end, figure.end
    ):
        return _price(owner.span.start, way)
    if not _BESIDE.fullmatch(text[owner.span.end : quantity.start]):
        return None
    return _price(owner.span.start, way)


def _owner(text: str, mentions: tuple[Mention, ...], start: int, verb: int) -> Mention | None:
    """Return the issuer that is the grammatical subject of a verb, if one is."""
    for mention in reversed([m for m in mentions if m.span.end <= verb]):
        if _MENTION_MOVED.match(text[mention.span.end : verb]):
            before = text[max(start, mention.span.start - 24) : mention.span.start]
            beside = before.rstrip().endswith("with") and _PARTICLE.match(text[verb : verb + 8])
            return None if _GOVERNED.search(before) and not beside else mention
    return None


def _bucked(
    text: str, quantity: Quantity, mentions: tuple[Mention, ...], start: int, verb: int
) -> Mention | None:
    """Return the issuer of "Snap bucked the trend, surging 14%" and "Shares in X, up 9% at the open, closed 1.7% higher"."""
    if not text[max(start, verb - 2) : verb].startswith(","):
        return None
    return _opening(text, mentions, start, verb)


def _opening(text: str, mentions: tuple[Mention, ...], start: int, until: int) -> Mention | None:
    """Return the issuer a sentence opens with, when nothing else comes between it and a price move."""
    first = next((m for m in mentions if m.span.end <= until), None)
    if first is None or first.span.start - start > 16 or until - first.span.end > 140:
        return None
    between = text[first.span.end : until]
    others = any(first.span.end <= m.span.start < until and m.issuer_id != first.issuer_id for m in mentions)
    told = _OTHER_METRIC.search(between) or _COUNTED.search(between)
    return None if ";" in between or others or told else first


def listed_owner(text: str, quantity: Quantity, mentions: tuple[Mention, ...]) -> Mention | None:
    """Return the issuer right before a bare percentage: Wayfair in "RH fell 12.4%, Wayfair 9.8%"."""
    owner = next((m for m in reversed(mentions) if m.span.end <= quantity.start), None)
    if owner is None or quantity.unit is not Unit.PERCENT:
        return None
    return owner if _LISTED.match(text[owner.span.end : quantity.start]) else None

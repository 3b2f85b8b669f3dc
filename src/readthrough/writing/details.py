"""Particulars of the page that a claim may carry: the authority that acts, the date ahead, the site, the product.

Each is a passage of the text, given as it stands there, so that a claim about a case, a plant or a launch names the
one that this page is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from readthrough.domain.article import Article, Span
from readthrough.domain.lazy import lazily
from readthrough.domain.reading import Sentence
from readthrough.writing.words import names_company

if TYPE_CHECKING:
    from readthrough.writing.scene import Subject

__all__ = ["Detail", "Details"]

_NEAR: Final = 1  # sentences either side of an event in which its authority or site is told
_OPENING: Final = 4
_WITHOUT_ARTICLE: Final = lazily(
    r"^(?:a|an|the|their|its|his|her) |^(?:Congress|Ofcom|Ofgem|BaFin|Health Canada|Transport Canada|OSHA)\b",
    re.I,
)
_AUTHORITY: Final = lazily(
    r"\b(?:Securities and Exchange Commission|SEC|Federal Trade Commission|FTC|Department of Justice|Justice Department|DOJ|"
    r"Federal Communications Commission|FCC|Food and Drug Administration|FDA|Federal Aviation Administration|FAA|"
    r"National Highway Traffic Safety Administration|NHTSA|National Transportation Safety Board|NTSB|"
    r"Environmental Protection Agency|EPA|Consumer Financial Protection Bureau|CFPB|National Labor Relations Board|NLRB|"
    r"Commodity Futures Trading Commission|CFTC|Commerce Department|Treasury Department|Labor Department|Congress|"
    r"European Commission|European Medicines Agency|Competition and Markets Authority|CMA|Financial Conduct Authority|FCA|"
    r"Prudential Regulation Authority|Bundeskartellamt|BaFin|Serious Fraud Office|Information Commissioner's Office|"
    r"Cyberspace Administration of China|State Administration for Market Regulation|Competition Commission of India|"
    r"Reserve Bank of India|SEBI|Japan Fair Trade Commission|Korea Fair Trade Commission|Financial Services Agency|"
    r"Competition Bureau|Australian Competition and Consumer Commission|ACCC|ASIC|APRA|Ofcom|Ofgem|"
    r"Supreme Court|(?:[A-Z][\w.]+ ){0,2}(?:Court of Appeals?|[Aa]ppeals [Cc]ourt|[Dd]istrict [Cc]ourt|[Hh]igh [Cc]ourt|[Ff]ederal [Cc]ourt|"
    r"Court of Chancery|Court of Justice)|[Ff]ederal judge|[Ff]ederal jury|[Aa]ttorney general)\b(?! Mark)"
)
_MONTH: Final = r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
_AHEAD: Final = lazily(
    r"\b(?:will|would|expects?|expected|plans?|planned|scheduled|due|slated|set|aims?|targets?|until|deadline|starts?|begins?|effective|"
    r"closes?|expires?|set to)\b[^.;]{0,90}?\b(?P<when>(?:on|by|in|before|until|from|after) (?:the (?:end|middle|start) of )?(?:(?:early|mid|late)[- ])?"
    rf"(?:{_MONTH}(?: \d{{1,2}}(?!\d))?(?:,? 20\d\d)?|20\d\d|the (?:first|second|third|fourth) (?:quarter|half)(?: of (?:20\d\d|(?:this|next) year))?|"
    r"(?:the|this|next) (?:year|spring|summer|autumn|fall|winter|month)))(?![\w-])"
)
_PAST: Final = lazily(r"\b(?:was|were|had|against|previous(?:ly)?|earlier|ago|last|compared|still)\b")
_AHEAD_SIGNS: Final = ("will", "would", "expect", "plan", "schedul", "due ", "slated", "set to", "set for", "aim", "target", "deadline", "until", "expire")  # fmt: skip
_SITE: Final = lazily(
    r"\b(?:plant|factory|factories|mine|refinery|warehouse|smelter|facility|complex|campus|shipyard|terminal|pipeline|fab|data cent(?:er|re)|oil ?field|"
    r"port|hub|store|stores)s? (?:in|near|at|outside) (?P<where>(?:the )?[A-Z][\w'-]+(?:(?:,)? [A-Z][\w'-]+){0,2})"
)
_MOOD: Final = lazily(
    r"\b(?:on|amid|by|as|over|after|with|to|of) (?P<what>(?:(?!(?:the|a|an|and|but|fell|rose)\b)[a-z'-]+ ){0,2}"
    r"(?:concerns?|worr(?:y|ies)|fears?|hopes?|optimism|signs?|speculation|doubts?|uncertainty|uncertainties|expectations?|tensions?|threats?|"
    r"prospects?|bets?|jitters|anxiety|relief)(?: (?:of|over|about|that|for|on|around|from|between|at) [^,.;:()\d“”\"]{4,90}))"
)
_MOOD_END: Final = lazily(
    r"\s(?:while|but|after|before|when|because|although|though|sending|pushing|in the (?:first|second|third|fourth)|said|according|"
    r"on (?:Mon|Tues|Wednes|Thurs|Fri)day|as|amid|with|this week|this month|at the)\b.*$",
    re.DOTALL,
)
_MOST_MOOD: Final = 14  # words of a reason that a sentence can carry
_NO_PLACES: Final = frozenset("January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())  # fmt: skip


def _is_far(when: str, article: Article) -> bool:
    """Tell whether a day's year is no date to wait for: "a business it left in 2021", "targets for 2030"."""
    year = re.search(r"20\d\d", when)
    published = article.published_at or article.received_at
    return year is not None and not published.year <= int(year.group()) <= published.year + 2


@dataclass(frozen=True, slots=True)
class Detail:
    """A passage of the page, as a claim may say it."""

    text: str
    span: Span


class Details:
    """The particulars of a page about one subject; each looked for when first asked for."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject

    @cached_property
    def agency(self) -> Detail | None:
        """The court or authority named in the headline or the opening."""
        scene = self._subject.scene
        for sentence in self._front(_OPENING):
            match = _AUTHORITY.search(scene.text, sentence.span.start, sentence.span.end)
            if match is not None:
                name = match.group()
                said = name if _WITHOUT_ARTICLE.match(name) else f"the {name}"
                return Detail(said, Span(*match.span()))
        return None

    @cached_property
    def date(self) -> Detail | None:
        """The first date ahead that the page gives, with its preposition: "by the end of March"."""
        scene = self._subject.scene
        for sentence in self._front(12):
            text = scene.lowered[sentence.span.start : sentence.span.end]
            if not any(sign in text for sign in _AHEAD_SIGNS):
                continue
            match = _AHEAD.search(scene.text, sentence.span.start, sentence.span.end)
            if match is None or match["when"].endswith("May") or _PAST.search(match.group()):
                continue
            when = match["when"].rstrip(",")
            if _is_far(when, scene.article):
                continue
            return Detail(when, Span(match.start("when"), match.start("when") + len(when)))
        return None

    @cached_property
    def day(self) -> Detail | None:
        """The same date without its preposition: "the end of March"."""
        date = self.date
        if date is None:
            return None
        bare = date.text.split(" ", 1)[1]
        return Detail(bare, Span(date.span.end - len(bare), date.span.end))

    @cached_property
    def site(self) -> Detail | None:
        """The place of the plant, mine or store that the opening tells of."""
        scene = self._subject.scene
        for sentence in self._front(_OPENING + 2):
            match = _SITE.search(scene.text, sentence.span.start, sentence.span.end)
            if match is not None and match["where"].split()[0] not in _NO_PLACES:
                return Detail(match["where"], Span(*match.span("where")))
        return None

    @cached_property
    def mood(self) -> Detail | None:
        """What the opening says that a market moved on: "concerns of weakening growth"."""
        scene = self._subject.scene
        for sentence in self._front(_OPENING):
            match = _MOOD.search(scene.text, sentence.span.start, sentence.span.end)
            if match is None:
                continue
            said = _MOOD_END.sub("", match["what"]).strip()
            if 3 <= len(said.split()) <= _MOST_MOOD and len(said.split()[-1]) > 1:
                start = match.start("what")
                return Detail(said, Span(start, start + len(said)))
        return None

    @cached_property
    def product(self) -> Detail | None:
        """The subject's product that the headline or the opening names: Model 3, iPhone."""
        subject = self._subject
        house = subject.issuer.name if subject.issuer else ""
        spans = [s.span for s in self._front(2)]
        for mention in subject.scene.reading.mentions:
            if mention.issuer_id != subject.issuer_id or mention.via not in ("alias", "product", "brand"):
                continue
            surface = mention.surface.strip()
            if names_company(surface, mention.via, house) or surface.isupper():
                continue
            if any(span.covers(mention.span) for span in spans):
                return Detail(surface, mention.span)
        return None

    def _front(self, most: int) -> Iterable[Sentence]:
        sentences = self._subject.scene.reading.sentences
        return (s for s in sentences[: most + 2] if not s.background and (s.headline or s.index <= most))

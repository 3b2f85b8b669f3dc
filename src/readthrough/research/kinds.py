"""Which kinds of event, which sector and which stretch of time a question is about, in everyday words."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from readthrough.domain.lazy import lazily

__all__ = ["event_types_in", "news_times_in", "sector_in", "times_in", "without_times"]

# what people call each kind of event; general English of the trade
_EVENTS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (r"\b(?:cut|cuts|cutting|lower(?:ed|s|ing)?|reduc\w+|trim\w*|slash\w*)\b[^?.,]{0,25}\b(?:guidance|outlooks?|forecasts?)\b"
     r"|\b(?:guidance|outlook|forecast)[- ]cuts?\b|\bprofit warnings?\b", ("guidance_cut",)),
    (r"\b(?:rais\w+|lift\w*|boost\w*|increas\w+|upp\w+)\b[^?.,]{0,25}\b(?:guidance|outlooks?|forecasts?)\b"
     r"|\b(?:guidance|outlook|forecast)[- ](?:raises?|increases?|hikes?)\b", ("guidance_raise",)),
    (r"\bguidance (?:changes?|updates?|revisions?)\b|\bchanged? (?:its|their) guidance\b", ("guidance_cut", "guidance_raise")),
    (r"\b(?:earnings |profit |results? )?beats?\b|\bbeat (?:estimates|expectations|forecasts|consensus)\b"
     r"|\bbetter[- ]than[- ]expected (?:results|earnings|quarters?)\b", ("earnings_beat",)),
    (r"\b(?:earnings |profit |results? )?miss(?:es|ed)?\b|\bworse[- ]than[- ]expected (?:results|earnings|quarters?)\b", ("earnings_miss",)),
    (r"\bdowngrades?d?\b", ("analyst_downgrade", "credit_rating_downgrade")),
    (r"\bupgrades?d?\b", ("analyst_upgrade", "credit_rating_upgrade")),
    (r"\blay[- ]?offs?\b|\blaid off\b|\bjob cuts?\b|\bcut(?:ting|s)? jobs\b|\bredundanc\w+", ("layoffs_restructuring", "cost_cutting_plan")),
    (r"\brecall(?:s|ed)?\b", ("product_recall",)),
    (r"\b(?:cyber ?attack|breach|hack)(?:s|es|ed)?\b", ("cyber_breach",)),
    (r"\b(?:ceo|cfo|chief executive|management) (?:changes?|departures?|exits?|resign\w+)\b|\b(?:replaced?|changed?) (?:its|their) (?:ceo|cfo|chief)", ("management_change",)),
    (r"\bdividends? (?:cuts?|suspensions?)\b|\bcut(?:ting|s)? (?:its|their|the) dividends?\b", ("dividend_cut_or_suspension",)),
    (r"\bdividends? (?:increases?|raises?|hikes?)\b|\brais\w+ (?:its|their|the) dividends?\b", ("dividend_increase",)),
    (r"\bbuy-?backs?\b|\brepurchases?\b", ("buyback",)),
    (r"\b(?:merger|takeover|acquisition|deal)s?\b(?! value)", ("ma_announced", "ma_completed", "ma_rumour_or_nonbinding")),
    (r"\b(?:probes?|investigat\w+)\b", ("regulatory_probe", "antitrust_action")),
    (r"\b(?:lawsuits?|sued|litigation)\b", ("litigation",)),
    (r"\b(?:fines?d?|settle\w*|penalt\w+)\b", ("settlement_or_fine",)),
    (r"\bstrikes?\b|\bwalk-?outs?\b", ("labor_strike",)),
    (r"\bcontracts? (?:wins?|won)\b|\bwon (?:a |an |the )?(?:contract|order)s?\b", ("contract_win",)),
    (r"\bproduct launch\w*\b|\blaunched\b", ("product_launch",)),
    (r"\bbankruptc\w+|\binsolven\w+", ("bankruptcy_or_insolvency",)),
    (r"\bshare (?:offerings?|sales?|issues?)\b|\bcapital raises?\b", ("share_offering",)),
    (r"\brestate\w*\b", ("restatement",)),
    (r"\bapprov\w+\b", ("regulatory_approval",)),
    (r"\bshort[- ]seller\b", ("short_seller_report",)),
    (r"\bactivists?\b", ("activist_involvement",)),
    (r"\bipos?\b", ("ipo",)),
)  # fmt: skip
_COMPILED: Final = tuple((lazily(pattern, re.IGNORECASE), types) for pattern, types in _EVENTS)

_SECTORS: Final = (
    ("Semiconductors", r"\b(?:chip|chips|chipmakers?|semiconductors?|semis)\b"),
    ("Financials", r"\b(?:banks?|banking|financials?|insurers?|lenders?)\b"),
    ("Energy", r"\b(?:energy|oil(?: and gas)?|drillers?)\b"),
    ("Health Care", r"\b(?:health ?care|pharma\w*|drug ?makers?|biotechs?)\b"),
    ("Technology", r"\b(?:tech|technology|software)\b"),
    ("Internet & Media", r"\b(?:internet|media)\b"),
    ("Autos", r"\b(?:autos?|carmakers?|automakers?)\b"),
    ("Utilities", r"\butilit(?:y|ies)\b"),
    ("Telecom", r"\btelecoms?\b"),
    ("Transport", r"\b(?:airlines?|transports?|shippers?|railways?)\b"),
    ("Retail & Leisure", r"\b(?:retailers?|retail|leisure|restaurants?)\b"),
    ("Consumer Goods", r"\bconsumer(?: goods)?\b"),
    ("Industrials", r"\bindustrials?\b"),
    ("Materials", r"\b(?:miners?|mining|materials|steel ?makers?)\b"),
    ("Real Estate", r"\b(?:real estate|property|reits?)\b"),
)
_SECTOR_OF: Final = tuple(
    (name, lazily(rf"(?:{pattern})(?= (?:names?|stocks?|shares|compan|firms?|holdings?|sector|issuers?)|s\b)|"
                  rf"\b(?:in|among|across) (?:the )?(?:{pattern})(?=\W|$)|"
                  rf"(?:{pattern})(?=[^?]{{0,12}}\b(?:fall|fell|rise|rose|react|move)\b)", re.IGNORECASE))
    for name, pattern in _SECTORS
)  # fmt: skip

_LAST: Final = lazily(
    r"\b(?:in|over|during|for)? ?the (?:last|past) (\d{1,3}|few|couple of)? ?(days?|weeks?|months?|quarters?|years?)\b",
    re.I,
)
_THIS: Final = lazily(
    r"\b(this|last) (week|month|quarter|year)\b|\b(today|yesterday|recently)\b|\byear to date\b|\bytd\b",
    re.IGNORECASE,
)
_SINCE: Final = lazily(
    r"\bsince (\d{4})-(\d{2})-(\d{2})\b|\bsince (?:the (?:start|beginning) of )?(\d{4})\b", re.IGNORECASE
)
_IN_YEAR: Final = lazily(r"\b(?:in|during) ((?:19|20)\d\d)\b", re.IGNORECASE)
_DAYS: Final = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}


def event_types_in(question: str) -> tuple[str, ...]:
    """Return the kinds of event a question names, none where it names none.

    >>> event_types_in("Which of my holdings had guidance cuts this quarter?")
    ('guidance_cut',)
    """
    found = [kind for pattern, kinds in _COMPILED if pattern.search(question) for kind in kinds]
    return tuple(dict.fromkeys(found))


def sector_in(question: str) -> str:
    """Return the sector whose companies a question asks about; empty where it names none.

    >>> sector_in("How often did chip names fall after a beat?")
    'Semiconductors'
    """
    return next((name for name, pattern in _SECTOR_OF if pattern.search(question)), "")


def times_in(question: str, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return since when and until when a question asks; None where it leaves that open.

    "This quarter" begins with the calendar quarter, "the last 30 days" counts back from now.

    >>> times_in("guidance cuts this quarter", datetime(2026, 11, 22, tzinfo=UTC))[0].isoformat()
    '2026-10-01T00:00:00+00:00'
    """
    if since := _SINCE.search(question):
        year, month, day, alone = since.groups()
        try:
            return (
                datetime(int(alone), 1, 1, tzinfo=UTC)
                if alone
                else datetime(int(year), int(month), int(day), tzinfo=UTC)
            ), None
        except ValueError:
            return None, None
    if last := _LAST.search(question):
        count = {"few": 3, "couple of": 2, None: 1}.get(last[1]) or (int(last[1]) if last[1] else 1)
        return now - timedelta(days=count * _DAYS[last[2].lower().rstrip("s")]), None
    if this := _THIS.search(question):
        return _bounds((this[1] or "this").lower(), (this[2] or this[3] or "year").lower(), now)
    if year_alone := _IN_YEAR.search(question):
        year_number = int(year_alone[1])
        return datetime(year_number, 1, 1, tzinfo=UTC), datetime(year_number + 1, 1, 1, tzinfo=UTC)
    return None, None


def news_times_in(question: str, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return when what a question asks for was published; None where it leaves that open.

    A quarter or a year names what news is of rather than when it came: last quarter's results come in this one.

    >>> now = datetime(2026, 11, 22, tzinfo=UTC)
    >>> news_times_in("What happened since 2026-11-18?", now)[0].day, news_times_in("sales last quarter", now)
    (18, (None, None))
    """
    last, this = _LAST.search(question), _THIS.search(question)
    unit = last[2] if last else (this[2] or "") if this else ""
    if unit.lower().rstrip("s") in ("quarter", "year") or _IN_YEAR.search(question):
        return None, None
    return times_in(question, now)


def without_times(question: str) -> str:
    """Return a question without the words that say when.

    >>> without_times("What happened at Orbex since 2026-11-18?")
    'What happened at Orbex ?'
    """
    for pattern in (_SINCE, _LAST, _THIS):
        question = pattern.sub("", question)
    return question


def _bounds(which: str, unit: str, now: datetime) -> tuple[datetime, datetime | None]:
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "today":
        return today, None
    if unit == "yesterday":
        return today - timedelta(days=1), today
    if unit == "recently":
        return now - timedelta(days=30), None
    starts = {
        "week": today - timedelta(days=today.weekday()),
        "month": today.replace(day=1),
        "quarter": today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1),
        "year": today.replace(month=1, day=1),
    }
    start = starts[unit]
    if which == "this":
        return start, None
    before = start - timedelta(days=1)
    return _bounds("this", unit, before)[0], start

"""What fills the slots of patterns: money, dates, places, products. Each is a function of a source of chance."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping
from typing import Final

__all__ = ["SLOTS", "UNITS", "amount", "money"]

UNITS: Final = (
    ("${}", ("million", "billion", "mn", "bn", "m")),
    ("EUR {}", ("mn", "million", "bn", "m")),
    ("EUR{}", ("m", "mn", "bn")),
    ("{} euros", ("million", "billion")),
    ("Rs {}", ("crore", "cr", "lakh crore")),
    ("GBP {}", ("mn", "m", "million")),
    ("£{}", ("m", "bn", "million")),
    ("SEK {}", ("mn", "bn")),
    ("USD {}", ("mn", "million", "bn")),
    ("{} yen", ("billion", "trillion")),
    ("C${}", ("million", "billion")),
    ("CHF {}", ("million", "bn")),
)
"""How money is written: where the figure stands, and the words of scale that go with the currency."""


def amount(draw: random.Random, low: float = 1.2, high: float = 900.0) -> float:
    """A figure of two to four digits, small ones as often as large ones."""
    value = low * math.exp(draw.random() * math.log(high / low))
    return round(value, draw.choice([0, 1, 1, 2]) if value >= 3 else draw.choice([1, 2]))


def money(value: float, unit: str, scale: str) -> str:
    """Write a figure with its currency and scale."""
    figure = f"{value:g}" if value < 1000 else f"{value:,.0f}"
    return unit.replace(
        "{}",
        f"{figure} {scale}"
        if scale in {"million", "billion", "trillion"} or " " in unit
        else f"{figure}{scale}",
    )


def _usd(draw: random.Random) -> str:
    unit, scales = draw.choice(UNITS)
    return money(amount(draw), unit, draw.choice(scales))


def _price(draw: random.Random) -> str:
    return f"{draw.choice('$ $ $ £ €'.split())}{draw.choice([amount(draw, 0.5, 90), draw.randint(8, 400)]):g}"


def _pct(draw: random.Random) -> str:
    figure = draw.choice(
        [f"{draw.uniform(0.5, 30):.1f}", str(draw.randint(1, 60)), f"{draw.uniform(0.2, 9):.2f}"]
    )
    return figure + draw.choice(["%", "%", "%", " %", " percent", " per cent", " pc"])


def _count(draw: random.Random) -> str:
    return draw.choice(
        [
            f"{draw.randint(2, 99) * 10 ** draw.randint(1, 4):,}",
            f"{draw.uniform(1, 9):.1f} million",
            str(draw.randint(2, 900)),
        ]
    )


def _quarter(draw: random.Random) -> str:
    number = draw.randint(1, 4)
    named = ("first", "second", "third", "fourth")[number - 1]
    return draw.choice(
        [f"Q{number}", f"{named} quarter", f"{named}-quarter", "quarterly", "first-half", "full-year"]
    )


def _one_of(words: str) -> Callable[[random.Random], str]:
    choices = tuple(w.strip() for w in words.split("|"))
    return lambda draw: draw.choice(choices)


SLOTS: Final[Mapping[str, Callable[[random.Random], str]]] = {
    "usd": _usd,
    "price": _price,
    "cents": lambda draw: draw.choice(
        [f"$0.{draw.randint(1, 40):02d}", f"{draw.randint(1, 40)} cents", f"{draw.randint(1, 30)}c"]
    ),
    "pct": _pct,
    "n": _count,
    "q": _quarter,
    "quarter": lambda draw: str(draw.randint(1, 4)),
    "age": lambda draw: str(draw.randint(34, 66)),
    "year": lambda draw: str(draw.randint(2004, 2030)),
    "split": lambda draw: f"{draw.randint(2, 20)}-for-1",
    "day": _one_of("Monday|Tuesday|Wednesday|Thursday|Friday|2 March|May 14|9 November|Sept. 3"),
    "month": _one_of("January|February|March|April|May|June|July|August|September|October|November|December"),
    "city": _one_of(
        "Helsinki|Espoo|Tampere|Stockholm|Munich|London|Leeds|Mumbai|Pune|Chennai|Austin|Ohio|Shanghai|Tokyo|Lagos|"
        "Sao Paulo|Warsaw|Tallinn|St Petersburg|Riga|Oslo|Lyon|Turin|Seoul|Detroit|Dallas|Sydney|Vilnius|Gothenburg"
    ),
    "country": _one_of(
        "Finland|Sweden|Germany|India|China|Russia|the United States|Brazil|Poland|Estonia|Japan|France|Britain|"
        "Norway|Latvia|Lithuania|Turkey|Mexico|South Korea|Indonesia|Australia|Canada|Italy|Spain|South Africa"
    ),
    "broker": _one_of(
        "Goldman Sachs|Morgan Stanley|Citi|Barclays|UBS|JPMorgan|Jefferies|Nomura|HSBC|Deutsche Bank|CLSA|Berenberg|"
        "Piper Sandler|Wedbush|Handelsbanken|SEB|Kotak|Motilal Oswal|Stifel|Evercore|Bernstein|RBC|BofA"
    ),
    "agency": _one_of("Moody's|S&P|Fitch|Crisil|ICRA|DBRS|Scope"),
    "regulator": _one_of(
        "The FDA|The SEC|The European Commission|The competition authority|The FTC|The central bank|SEBI|The FCA|"
        "The Justice Department|The regulator|The antitrust watchdog|Health Canada|The EMA|BaFin|RBI"
    ),
    "index": _one_of(
        "S&P 500|FTSE 100|DAX|Nifty|Sensex|Dow|Nasdaq 100|OMX Helsinki 25|Nikkei|STOXX 600|Hang Seng|Bank Nifty"
    ),
    "F": _one_of(
        "Harrow Lane Capital|Northgate Partners|Elm Street Capital|Silverback|a hedge fund|Kestrel Research|Varma|Grey Heron"
    ),
    "P": _one_of(
        "Jukka Laine|Anna Berg|Rajesh Mehta|John Carver|Priya Nair|Mary O'Neil|Li Wei|Carlos Souza|Kenji Mori|Elena Rossi|"
        "Tom Weber|Sari Koski|David Stone|Omar Haddad|Ingrid Dahl"
    ),
    "product": _one_of(
        "paper machines|base stations|a phone|elevators|cranes|batteries|software|steel|an electric car|insulin pumps|"
        "a diabetes drug|a cancer drug|cement|tyres|wind turbines|chips|routers|ships|mobile games|packaging board|"
        "diesel engines|medical scanners|a payment app|forest machines|yoghurt|beer|fertiliser|a credit card|tractors"
    ),
    "service": _one_of(
        "IT services|maintenance services|banking services|logistics|consulting|online retail|security services|"
        "telecom services|health care|insurance|construction|engineering|advertising|payment processing"
    ),
    "unit": _one_of(
        "cloud|retail|packaging|consumer health|chemicals|wealth management|paper|tools|mobile|oil services|media|"
        "insurance|property|seeds|printing|semiconductor|automotive|wireless"
    ),
    "currency": _one_of("dollar|euro|yen|pound|rupee|krona|yuan|Swiss franc|rouble|real|Aussie dollar"),
    "commodity": _one_of(
        "Oil|Brent crude|Gold|Copper|Wheat|Natural gas|Aluminium|Silver|Iron ore|Nickel|Coffee|Corn|Crude|Palm oil|Zinc|Sugar|Soybeans|Cotton"
    ),
    "coin": _one_of("Bitcoin|Ether|Dogecoin|Solana|Litecoin|XRP"),
}
"""Slot -> what draws its filling."""

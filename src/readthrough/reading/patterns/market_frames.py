"""Frames of markets: currencies, bonds and whole classes of assets that move, and what forecasters make of growth and of goods."""

from __future__ import annotations

from typing import Final

from readthrough.domain.lazy import lazily
from readthrough.reading.patterns.frames import Frame

__all__ = ["ASSETS", "MARKET_FRAMES"]

_CURRENCY: Final = (
    r"(?:lira|rupiah|rupee|baht|peso|rand|ruble|rouble|yuan|renminbi|yen|sterling|zloty|forint|ringgit|krona|krone|shekel|naira|hryvnia|greenback|loonie|"
    r"(?:korean |the )won|(?<!\d )(?<!billion )(?<!million )(?:u\.s\. |the )?dollar(?! (?:general|tree|store|amount|value|menu|shave|coin|bill))|euro(?! (?:zone|area|stoxx|20\d\d|cup))|"
    r"currenc(?:y|ies)(?! (?:trad(?:er|ers|ing)|effects?|headwinds?|strategists?)))"
)
_CLASS: Final = (
    r"(?:emerging[- ]markets?|(?:emerging-market|developing-nation|risk(?:y|ier|iest)?|haven|frontier-market) (?:stocks|assets|currencies|bonds|equities|debt)|"
    r"(?:corporate|junk|government|sovereign|high-yield|dollar|treasury|municipal) (?:bonds?|debt)|treasuries|bunds|gilts|bonds|"
    r"(?:credit|currency|bond|stock|equity) markets?|(?:chip|semiconductor|tech|technology|bank|retail|energy|small-cap|health-care|china|chinese|biotech|auto|luxury|property) stocks|small[- ]caps)"
)
ASSETS: Final = lazily(
    rf"(?<![\w-])(?:{_CURRENCY}|{_CLASS}|assets|risk[- ](?:on|off|buying|appetite)|markets?)(?![\w-])"
)
"""What a headline names when its page is of a market."""
_MARKET: Final = Frame(
    cues=(
        "currenc",
        "dollar",
        "euro",
        "yen",
        "yuan",
        "rup",
        "lira",
        "peso",
        "rand",
        "rub",
        "rouble",
        "sterling",
        "baht",
        "won",
        "bond",
        "treasur",
        "asset",
        "market",
        "stocks",
        "caps",
        "kron",
        "zloty",
        "forint",
        "ringgit",
        "shekel",
        "naira",
        "loonie",
        "greenback",
        "renminbi",
        "gilts",
        "bunds",
        "debt",
    ),
    matter=lazily(rf"(?<![\w-])(?:{_CURRENCY}|{_CLASS})(?![\w-])"),
    up=lazily(
        r"(?<![\w-])(?:ris(?:es|e|ing)|rose|jump(?:s|ed)?|surg(?:es?|ed)|soar(?:s|ed)|climb(?:s|ed)|gain(?:s|ed)?|rall(?:y|ies|ied)|advanc(?:es?|ed)|leaps?|rebound(?:s|ed)?|strengthen(?:s|ed)?|roar(?:s|ed)?|"
        r"on fire|best|bounc(?:es?|ed)|recover(?:s|ed|y)?|appreciat(?:es|ed)|firm(?:s|ed)|highest|upswing|boom(?:s|ed|ing)?|appealing|outperform(?:s|ed)?)(?![\w-])"
    ),
    down=lazily(
        r"(?<![\w-])(?:falls?|fell|drop(?:s|ped)?|slid(?:es?)?|slip(?:s|ped)?|declin(?:es?|ed)|sinks?|sank|plung(?:es?|ed)|plummet(?:s|ed)?|tumbl(?:es?|ed)|slump(?:s|ed)?|retreat(?:s|ed)|skid(?:s|ded)?|weaken(?:s|ed)?|takes? a hit|"
        r"took a hit|rout|sell-?offs?|flash[- ]crash|crash(?:es|ed)?|worst|lowest|wip(?:es|ed|e)[- ]?out|turmoil|batter(?:s|ed)|depreciat(?:es|ed)|losses|bleed(?:s|ing)?|punish(?:es|ed)|under pressure)(?![\w-])"
    ),
    kept=lazily(
        r"(?<![\w-])(?:mixed|flat|little changed|unchanged|muted|stead(?:y|ies|ied)|treads? water)(?![\w-])"
    ),
    nothing=lazily(
        r"\b(?:could|may|might|would|should|if|forecasts?|expects?|predicts?|bets?|says|sees|why|how|issu(?:es|ed|ing)|sells? bonds|sold bonds|bond (?:sale|offering|deal)s?|earnings|profit|revenue|quarterly|"
        r"crypto\w*|digital|versus|bitcoin|cryptocurrenc\w+|denominated|convertible|market (?:share|cap\w*|value|leader)|worst-case)\b|\?"
    ),
    types=("market_wide_move", "market_wide_move", "market_wide_move"),
    reach=30,
    depth=4,
    market=True,
    heads=ASSETS,
)
_RAISED: Final = lazily(
    r"(?<![\w-])(?:rais(?:es|ed|ing)|lift(?:s|ed|ing)?|boost(?:s|ed|ing)?|hik(?:es|ed)|increas(?:es|ed)|upgrad(?:es|ed)|improv(?:es|ed)|brighten(?:s|ed))(?![\w-])"
)
_CUT: Final = lazily(
    r"(?<![\w-])(?:cuts?|cutting|lower(?:s|ed|ing)?|slash(?:es|ed|ing)?|trim(?:s|med|ming)?|reduc(?:es|ed|ing)|par(?:es|ed)|chop(?:s|ped)|downgrad(?:es|ed)|slic(?:es|ed)|dim(?:s|med)|darken(?:s|ed))(?![\w-])"
)
_FORESEEN: Final = r"(?:outlook|forecasts?|projections?|estimates?|predictions?)"
_GROWTH: Final = Frame(
    cues=("outlook", "forecast", "projection", "estimate", "prediction"),
    matter=lazily(
        rf"(?<![\w-])(?:(?:gdp|economic|euro-area|global|world|u\.s\.|china|chinese|german) (?:growth )?(?:and \w+ )?{_FORESEEN}|"
        rf"growth and inflation {_FORESEEN}|{_FORESEEN} for (?:global|world|economic|euro-area|u\.s\.|chinese|china's|german) (?:economic )?growth)(?![\w-])"
    ),
    up=_RAISED,
    down=_CUT,
    nothing=lazily(
        r"\b(?:sales|revenue|profit|earnings|shipments?|subscriber|user|company|inc|corp|could|may|might|if|price target)\b"
    ),
    types=("macro_data_release", "macro_data_release", ""),
    depth=4,
    market=True,
)
_GOODS_AHEAD: Final = Frame(
    cues=("outlook", "forecast", "projection", "estimate", "prediction"),
    matter=lazily(
        rf"(?<![\w-])(?:metals?|oil|brent|crude|gold|copper|iron ore|nickel|zinc|lithium|aluminum|commodit(?:y|ies)|gas)(?:[- ]price)? {_FORESEEN}(?![\w-])"
    ),
    up=_RAISED,
    down=_CUT,
    nothing=lazily(r"\b(?:output|production|profit|earnings|its own|demand|could|may|might|if)\b"),
    types=("commodity_price_move", "commodity_price_move", ""),
    depth=2,
    market=True,
)
MARKET_FRAMES: Final = (_MARKET, _GROWTH, _GOODS_AHEAD)

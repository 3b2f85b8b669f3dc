"""A universe of a few dozen issuers, written by hand, in which most names are traps."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from readthrough.domain.article import Article, ArticleId
from readthrough.reading.linking import Links, link
from readthrough.reading.sentences import split_sentences
from readthrough.universe.graph import Graph
from readthrough.universe.master import Universe
from readthrough.universe.names import NameTable
from readthrough.universe.sources import sources_of
from readthrough.universe.table import NameRow

__all__ = ["article_of", "link_text", "small_universe", "tickers_in"]

# tickers | sector | name kind? cues/vetoes; "~" marks an ambiguous name
_ISSUERS = """
BABA 9988.HK|Internet & Media|Alibaba Group Holding Ltd;Alibaba Group;Alibaba
AAPL|Technology|Apple Inc;~Apple>iphone,ipad,tim cook,watch<pie,juice,big,records;product:iPhone
APLE|Real Estate|Apple Hospitality REIT;Apple Hospitality
MSFT|Technology|Microsoft Corp;Microsoft
GOOGL GOOG|Internet & Media|Alphabet Inc;~Alphabet>google;brand:Google
META|Internet & Media|Meta Platforms;~Meta>facebook,zuckerberg;former:Facebook;brand:WhatsApp
AMZN|Internet & Media|Amazon.com Inc;~Amazon>aws,bezos,prime<rainforest,river
NVDA|Semiconductors|Nvidia Corp;Nvidia
AMD|Semiconductors|Advanced Micro Devices;AMD
IBM|Technology|International Business Machines;IBM
TSLA|Autos|Tesla Inc;Tesla
F|Autos|Ford Motor Co;~Ford>f-150,mustang,dearborn
GM|Autos|General Motors Co;General Motors;GM
BAC|Financials|Bank of America Corp;Bank of America;BofA
GS|Financials|Goldman Sachs Group Inc;Goldman Sachs;~Goldman
MS|Financials|Morgan Stanley
JPM|Financials|JPMorgan Chase & Co;JPMorgan Chase;JPMorgan;~Chase
C|Financials|Citigroup Inc;Citigroup;Citi
SWK|Industrials|Stanley Black & Decker;~Stanley
TGT|Retail & Leisure|Target Corp;~Target<price,prices,date
GAP|Retail & Leisure|Gap Inc;~Gap>old navy,banana republic
NXT.L|Retail & Leisure|Next plc;~Next
XYZ|Financials|Block Inc;~Block>square,dorsey
V|Financials|Visa Inc;~Visa<application,applications,program
DAL|Transport|Delta Air Lines Inc;Delta Air Lines;~Delta>airline,flights<variant
COLM|Consumer Goods|Columbia Sportswear Co;Columbia Sportswear;~Columbia
ORCL|Technology|Oracle Corp;~Oracle>ellison,database
DOW|Materials|Dow Inc;~Dow<jones
NDAQ|Financials|Nasdaq Inc;~Nasdaq
NVO NOVO-B.CO|Health Care|Novo Nordisk A/S;Novo Nordisk
NSRGY NESN.SW|Consumer Goods|Nestlé SA;Nestlé
PG|Consumer Goods|Procter & Gamble Co;Procter & Gamble;P&G
KO|Consumer Goods|Coca-Cola Co;Coca-Cola
MCD|Retail & Leisure|McDonald's Corp;McDonald's
BBY|Retail & Leisure|Best Buy Co;Best Buy
T|Telecom|AT&T Inc;AT&T
UPS|Transport|United Parcel Service Inc;UPS
SHEL SHEL.L|Energy|Shell plc;~Shell
VOD VOD.L|Telecom|Vodafone Group plc;Vodafone
BRK-B BRK-A|Financials|Berkshire Hathaway Inc;Berkshire Hathaway
WMT|Retail & Leisure|Walmart Inc;Walmart
BA|Industrials|Boeing Co;Boeing
SPGI|Financials|S&P Global Inc;S&P Global
TRI|Industrials|Thomson Reuters Corp;Thomson Reuters
@openai|Technology|OpenAI
@foxconn|Technology|Foxconn
DELTA.BK|Technology|Delta Electronics PCL;Delta Electronics;~Delta>thailand
API|Technology|Agora Inc;~Agora
NOW|Technology|ServiceNow Inc;ServiceNow
EBAY|Retail & Leisure|eBay Inc;eBay
MMM|Industrials|3M Co;3M
IQV|Health Care|IQVIA Holdings;IQVIA
MCO|Financials|Moody's Corp;Moody's
CME|Financials|CME Group Inc;CME Group
"""
_SOURCES = """
agency|Reuters|TRI
agency|CNBC|
agency|Bloomberg|
agency|Refinitiv|
broker|Goldman Sachs|GS
broker|Goldman|GS
broker|Morgan Stanley|MS
broker|JPMorgan|JPM
broker|Citi|C
broker|Citigroup|C
broker|Bank of America|BAC
provider|IQVIA|IQV
provider|Moody's|MCO
provider|CME Group|CME
exchange|Nasdaq|NDAQ
exchange|NYSE|
index|S&P 500|SPGI
index|Dow Jones|
index|Dow Jones Industrial Average|
index|Dow|DOW
index|Nasdaq Composite|NDAQ
"""


@lru_cache(maxsize=1)
def small_universe() -> Universe:
    rows: list[str] = []
    names: list[NameRow] = []
    for line in _ISSUERS.strip().splitlines():
        tickers, sector, spec = line.split("|")
        private = tickers.startswith("@")
        own = tickers.split()[0].lstrip("@")
        first = spec.split(";")[0]
        rows.append("\t".join((own, first, "" if private else tickers, "", sector, "", "", "", "")))
        for text in spec.split(";"):
            names.append(_row(text, own))
    sources = [line.split("|") for line in _SOURCES.strip().splitlines()]
    return Universe(
        rows,
        names=NameTable(names),
        graph=lambda: Graph([], {}),
        sources=sources_of((k, n, i) for k, n, i in sources),
        digest="small",
    )


def _row(spec: str, issuer_id: str) -> NameRow:
    kind, _, text = spec.rpartition(":")
    text, _, vetoes = text.partition("<")
    text, _, cues = text.partition(">")
    ambiguous = "1" if text.startswith("~") else ""
    return NameRow(text.lstrip("~"), issuer_id, kind or "short", ambiguous, cues, vetoes)


def article_of(headline: str, body: str = "") -> Article:
    return Article(
        id=ArticleId("art_1"), headline=headline, body=body, received_at=datetime(2026, 1, 5, tzinfo=UTC)
    )


def link_text(headline: str, body: str = "") -> Links:
    article = article_of(headline, body)
    return link(article, split_sentences(article), small_universe())


def tickers_in(links: Links) -> set[str]:
    """Return the issuers mentioned, as their first tickers or private keys."""
    return {str(m.issuer_id) for m in links.mentions}

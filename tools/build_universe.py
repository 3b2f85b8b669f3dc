"""Build the universe's tables from public facts and our own hand-written files: `make universe`.

Sources: the SEC's ticker list as bundled with edgartools, pytickersymbols, a word list for
ambiguity (Debian's `wamerican`), and `src/readthrough/universe/overlay/`. None is needed at run time.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from common_words import Words  # noqa: E402
from graph_file import graph_tables  # noqa: E402
from sector_words import sector_of_industries, sector_of_name  # noqa: E402
from stdnum import isin as isin_number  # noqa: E402

from readthrough.domain.errors import UniverseError  # noqa: E402
from readthrough.domain.security import Listing, Security  # noqa: E402
from readthrough.universe.handwritten import (  # noqa: E402
    MARKETS,
    HandAmbiguity,
    HandDated,
    HandIssuer,
    lines_of,
    parse_ambiguity,
    parse_dated,
    parse_issuers,
    parse_sources,
)
from readthrough.universe.identifiers import is_figi, is_lei  # noqa: E402
from readthrough.universe.incoming import US_MARKETS, kind_of  # noqa: E402
from readthrough.universe.legal_names import core, is_vehicle, legal, short  # noqa: E402
from readthrough.universe.table import ISSUER_COLUMNS, NAME_COLUMNS, NameRow, pack_securities  # noqa: E402
from readthrough.universe.timeline import DATE_COLUMNS, Dated  # noqa: E402

OVERLAY = ROOT / "src/readthrough/universe/overlay"
DATA = ROOT / "src/readthrough/universe/data"
# A company that lists its shares or receipts there goes by that line, as in most English news.
US_EXCHANGES = ("XNAS", "XNYS")
# Countries whose companies trade the very same share at home and on a US exchange.
SAME_SHARE = ("US", "CA")
# Share classes whose ISINs the sources give without saying which is which.
CLASS_ISINS = {"GOOGL": "US02079K3059", "GOOG": "US02079K1079", "BRK-A": "US0846701086"}
# Rows of the source that carry another company's name and number, by their symbol.
MISNAMED = {"SMIN": {"name": "Smiths Group", "isins": ["GB00B1WY2338"]}}
# Lines that a source gives to a company of the same brand.
MISLISTED = frozenset({"DOM.L", "DPUKY"})
# Two-letter forms of the countries that the sources spell out.
COUNTRIES = {
    "Japan": "JP", "Germany": "DE", "United Kingdom": "GB", "France": "FR", "Spain": "ES", "Netherlands": "NL",
    "Switzerland": "CH", "Finland": "FI", "Sweden": "SE", "Belgium": "BE", "Italy": "IT", "Ireland": "IE",
    "Luxembourg": "LU", "Australia": "AU", "Bermuda": "BM", "Denmark": "DK", "Norway": "NO", "Austria": "AT",
    "Canada": "CA", "Israel": "IL", "China": "CN", "Singapore": "SG",
}  # fmt: skip


@dataclass(slots=True)
class Draft:
    """An issuer while it is being gathered."""

    id: str
    rank: int
    legal: str = ""
    name: str = ""
    country: str = ""
    sector: str = ""
    industry: str = ""
    cik: str = ""
    lei: str = ""
    figis: dict[str, str] = field(default_factory=dict)  # ticker -> FIGI
    markets: dict[str, str] = field(default_factory=dict)  # ticker -> MIC
    isins: list[str] = field(default_factory=list)
    names: list[NameRow] = field(default_factory=list)
    by_hand: bool = False
    by_hand_lines: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


def main() -> None:
    """Build every table and print what was counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=Path, default=Path("/usr/share/dict/american-english"))
    arguments = parser.parse_args()
    words = Words(arguments.words)
    drafts = Drafts()
    for row in sec_rows():
        drafts.add_sec(*row)
    for stock in stocks():
        drafts.add_stock(stock)
    for hand in hand_issuers():
        drafts.add_hand(hand)
    add_identifiers(drafts)
    dated = hand_dated(drafts)
    report(drafts)
    names = settle(drafts, words, hand_ambiguity(drafts))
    write("dates.tsv", DATE_COLUMNS, spelled_alike(dated, names))
    issuers = [row_of(d) for d in drafts.in_order()]
    write("issuers.tsv", ISSUER_COLUMNS, issuers)
    write("names.tsv", NAME_COLUMNS, names)
    keys = drafts.keys()
    for file, (columns, *rows) in graph_tables(keys, ("\t".join(row) for row in issuers)).items():
        write(file, columns, rows)
    write("sources.tsv", ("kind", "name", "issuer_id"), source_rows(keys))


class Drafts:
    """Issuers by ticker and by the core of their name, while the sources are merged."""

    def __init__(self) -> None:
        self.by_id: dict[str, Draft] = {}
        self.by_ticker: dict[str, Draft] = {}
        self.by_core: dict[str, list[Draft]] = {}
        self.private: dict[str, Draft] = {}

    def in_order(self) -> list[Draft]:
        return sorted(self.by_id.values(), key=lambda d: d.rank)

    def keys(self) -> dict[str, str]:
        """Every ticker and private slug, to the id of its issuer."""
        return {t: d.id for t, d in self.by_ticker.items()} | {s: d.id for s, d in self.private.items()}

    def add_sec(self, cik: str, ticker: str, exchange: str, raw: str) -> None:
        cik = cik.zfill(10)
        draft = self.by_id.get(f"cik-{int(cik)}")
        if draft is None:
            draft = self._new(f"cik-{int(cik)}", legal(raw))
            draft.cik = cik
        self._list(draft, ticker.upper(), US_MARKETS.get(exchange, ""))

    def add_stock(self, stock: dict) -> None:
        lines = [str(s.get("yahoo") or "").upper() for s in stock.get("symbols", ())]
        lines = [line for line in lines if line not in MISLISTED]
        home = str(stock.get("symbol") or "").upper().replace(" ", "-")
        name = stock["name"].split("(")[0].strip()
        if home.endswith((".A", ".B")):
            home = home[:-2] + "-" + home[-1]
        if "." not in home and home not in lines and stock.get("country") in COUNTRIES:
            home = ""
        tickers = [t for t in dict.fromkeys([home, *lines]) if listed(t)]
        plain = [t for t in tickers if "." not in t]
        draft = next((self.by_ticker[t] for t in (home, *plain) if t in self.by_ticker), None)
        if draft is not None and not akin(name, draft.legal):
            draft = None if home not in plain or is_adr_line(home) else draft
        draft = draft or self._same_core(name)
        if draft is None:
            foreign = [t for t in tickers if "." in t]
            if not foreign:
                return
            draft = self._new(f"tkr-{foreign[0]}", name)
        for ticker in tickers:
            if "." in ticker and ticker not in self.by_ticker:
                self._list(draft, ticker, MARKETS[ticker.rpartition(".")[2]][0])
        draft.name = draft.name or name
        country = stock.get("country") or ""
        draft.country = draft.country or COUNTRIES.get(
            country, "US" if country and not is_foreign(draft) else ""
        )
        draft.isins += [i for i in stock.get("isins", ()) if isin_number.is_valid(i) and i not in draft.isins]
        industries = stock.get("industries", [])
        draft.sector = draft.sector or sector_of_industries(industries)
        draft.industry = draft.industry or next((i for i in reversed(industries) if len(i) < 40), "").lower()

    def add_hand(self, hand: HandIssuer) -> None:
        found = {d.id: d for t in (*hand.tickers, *hand.former) if (d := self.by_ticker.get(t.upper()))}
        draft = next(iter(found.values()), None)
        for other in list(found.values())[1:]:
            draft = self._absorb(draft, other)
        names = [hand.name, *(n.text for n in hand.names if n.kind in ("alias", "former"))]
        same = [d for n in names if (d := self._same_core(n)) and d.cik and not d.by_hand and d is not draft]
        if same and (draft is None or not draft.cik):
            draft = same[0] if draft is None else self._absorb(draft, same[0])
        if draft is None:
            key = hand.key
            draft = self._new(f"own-{key[1:]}" if key.startswith("@") else f"tkr-{key}", hand.name)
        if hand.slug:
            if hand.slug in self.private:
                raise UniverseError(f"{hand.where}: {hand.slug} is written twice.", remedy="Keep one line.")
            self.private[hand.slug] = draft
        if draft.by_hand:
            raise UniverseError(f"{hand.where}: {hand.key} is written twice.", remedy="Keep one line.")
        draft.by_hand = True
        draft.by_hand_lines = hand.tickers
        before, draft.markets = draft.markets, {}
        for ticker in hand.tickers:
            suffix = ticker.rpartition(".")[2] if "." in ticker else ""
            self._list(draft, ticker, MARKETS[suffix][0] if suffix else before.get(ticker, ""))
        draft.markets |= {t: m for t, m in before.items() if t not in (*draft.markets, *hand.former)}
        draft.former = hand.former
        for ticker in hand.former:
            self.by_ticker.setdefault(ticker, draft)
        draft.name = hand.name
        draft.country = hand.country or draft.country or ("US" if draft.cik else "")
        draft.sector = hand.sector or draft.sector
        draft.industry = hand.industry or draft.industry
        draft.names = [NameRow(n.text, draft.id, n.kind, "1" if n.ambiguous else "") for n in hand.names]

    def _absorb(self, first: Draft, second: Draft) -> Draft:
        kept, gone = (first, second) if first.cik or not second.cik else (second, first)
        kept.rank = min(kept.rank, gone.rank)
        kept.markets |= gone.markets
        kept.isins += [i for i in gone.isins if i not in kept.isins]
        kept.country, kept.sector = kept.country or gone.country, kept.sector or gone.sector
        kept.industry = kept.industry or gone.industry
        for ticker in gone.markets:
            self.by_ticker[ticker] = kept
        del self.by_id[gone.id]
        return kept

    def _same_core(self, name: str) -> Draft | None:
        # Only a line that trades over the counter can be the same company as a foreign one by name alone.
        same = [
            d
            for d in self.by_core.get(core(name), ())
            if d.id in self.by_id and all(map(is_adr_line, d.markets))
        ]
        return same[0] if len(same) == 1 else None

    def _new(self, issuer_id: str, name: str) -> Draft:
        draft = Draft(id=issuer_id, rank=len(self.by_id), legal=name)
        self.by_id[issuer_id] = draft
        self.by_core.setdefault(core(name), []).append(draft)
        return draft

    def _list(self, draft: Draft, ticker: str, mic: str) -> None:
        if ticker in self.by_ticker and self.by_ticker[ticker] is not draft:
            raise UniverseError(f"{ticker} is listed for {self.by_ticker[ticker].id} and {draft.id}.")
        draft.markets[ticker] = mic
        self.by_ticker[ticker] = draft


def report(drafts: Drafts) -> None:
    """Name what a reviewer should look at: lines that met no source, unlike names, names shared."""
    owners: dict[str, set[str]] = {}
    for draft in drafts.by_id.values():
        for row in draft.names:
            owners.setdefault(row.text.lower(), set()).add(draft.name)
    for text, names in owners.items():
        if len(names) > 1:
            print(f"shared name: {text!r} of {sorted(names)}")
    for draft in drafts.by_id.values():
        plain = [t for t in draft.markets if "." not in t]
        if draft.by_hand and plain and not draft.cik and not all(map(is_adr_line, plain)):
            print(f"unknown to the SEC: {draft.name} {plain}")
        if draft.by_hand and draft.cik and not akin(draft.name, draft.legal):
            print(f"unlike names: {draft.name} | {draft.legal} | {' '.join(draft.markets)}")


def listed(ticker: str) -> bool:
    suffix = ticker.rpartition(".")[2] if "." in ticker else ""
    return (
        bool(ticker) and suffix not in ("F", "ME") and (not suffix or suffix in MARKETS) and ticker[:1] != "0"
    )


def is_adr_line(ticker: str) -> bool:
    return len(ticker) == 5 and ticker[-1] in "FY" and "." not in ticker


def is_foreign(draft: Draft) -> bool:
    return all("." in t or is_adr_line(t) for t in draft.markets)


def akin(first: str, second: str) -> bool:
    """Tell whether two names share a word worth sharing, so that a reused ticker does not merge strangers."""
    return bool(set(core(first).split()) & set(core(second).split())) or core(first)[:4] == core(second)[:4]


def settle(drafts: Drafts, words: Words, ambiguity: list[tuple[str, HandAmbiguity]]) -> list[NameRow]:
    """Gather every name, decide which are ambiguous, and let what was written by hand win."""
    by_hand: dict[str, NameRow] = {}
    derived: list[NameRow] = []
    for draft in drafts.in_order():
        for row in draft.names:
            by_hand.setdefault(row.text.lower() + "\t" + row.issuer_id, row)
        derived += derived_names(draft, words)
    for issuer_id, line in ambiguity:
        flag = "1" if line.ambiguous else ""
        key = line.name.lower() + "\t" + issuer_id
        kind = by_hand[key].kind if key in by_hand else "short"
        by_hand[key] = NameRow(line.name, issuer_id, kind, flag, ",".join(line.cues), ",".join(line.vetoes))
    owners: dict[str, set[str]] = {}
    for row in by_hand.values():
        owners.setdefault(row.text.lower(), set()).add(row.issuer_id)
    kept: dict[str, NameRow] = {}
    shared = Counter(text for text, _ in {(r.text.lower(), r.issuer_id) for r in derived})
    for row in derived:
        text = row.text.lower()
        if text in owners:
            continue  # a hand-written name belongs to whom we say
        if shared[text] > 1:
            row = row._replace(ambiguous="1")
        kept.setdefault(text + "\t" + row.issuer_id, row)
    hand = [r._replace(ambiguous="1") if len(owners[r.text.lower()]) > 1 else r for r in by_hand.values()]
    return sorted([*hand, *kept.values()], key=lambda r: (r.text.lower(), r.issuer_id))


def derived_names(draft: Draft, words: Words) -> Iterable[NameRow]:
    full = draft.legal
    if draft.cik or draft.id.startswith("tkr-"):
        yield NameRow(full, draft.id, "legal", "1" if short(full) == full and words.ambiguous(full) else "")
    if is_vehicle(full) and not draft.by_hand:
        return
    names = dict.fromkeys(n for n in (short(full), draft.name, short(draft.name)) if n and n != full)
    for name in names:
        yield NameRow(name, draft.id, "short", "1" if words.ambiguous(name) else "")


def row_of(draft: Draft) -> list[str]:
    tickers = list(draft.markets)
    if not draft.by_hand:
        home = [t for t in tickers if "." in t]
        us = [t for t in tickers if "." not in t and not is_adr_line(t)]
        tickers = [*us, *home, *(t for t in tickers if t not in us and t not in home)]
    else:
        tickers.sort(key=lambda t: draft.markets[t] not in US_EXCHANGES or bool(kind_of(t)))
    name = draft.name or short(draft.legal)
    if is_vehicle(draft.legal) and not draft.by_hand:
        name = draft.legal
    sector = draft.sector or sector_of_name(draft.legal)
    country = draft.country or (next((MARKETS[t.rpartition(".")[2]][2] for t in tickers if "." in t), ""))
    packed = pack_securities(securities(draft, tickers))
    codes = " ".join((*tickers, *(f"({t})" for t in draft.former)))
    return [draft.id, name, codes, country, sector, draft.industry, draft.cik, draft.lei, packed]


def securities(draft: Draft, tickers: list[str]) -> tuple[Security, ...]:
    """Sort an issuer's lines into instruments.

    A foreign issuer's US lines are a depositary receipt (a Canadian's are its share), but a five-letter OTC line ending in F is its
    ordinary share; of a US issuer's lines only the first, and those written by hand, are shares.
    """
    home = [t for t in tickers if "." in t]
    us = [t for t in tickers if "." not in t]
    us_isin = next((i for i in draft.isins if i.startswith("US")), "")
    rest = [i for i in draft.isins if i != us_isin]
    if home and draft.country in SAME_SHARE:
        own = next((i for i in draft.isins if i.startswith(draft.country)), "")
        plain = [t for t in us if not kind_of(t) and not is_adr_line(t)][:1]
        found = [security("ordinary", own, [*plain, *home], draft)]
        us = [t for t in us if t not in plain]
    elif home:
        ordinary = [*home, *(t for t in us if is_adr_line(t) and t.endswith("F"))]
        receipts = [t for t in us if t not in ordinary and not kind_of(t)]
        found = [security("ordinary", rest[0] if rest else "", ordinary, draft)]
        if receipts:
            found.append(security("depositary_receipt", us_isin, receipts, draft))
        us = [t for t in us if t not in ordinary and t not in receipts]
    else:
        found = [security("ordinary", us_isin or (rest[0] if rest else ""), us[:1], draft)] if us else []
        us = us[1:]
    for ticker in us:
        kind = kind_of(ticker) or ("ordinary" if ticker in draft.by_hand_lines else "other")
        found.append(security(kind, "", [ticker], draft))
    return tuple(found)


def security(kind: str, isin: str, tickers: list[str], draft: Draft) -> Security:
    return Security(kind=kind, isin=CLASS_ISINS.get(tickers[0], isin), listings=tuple(
        Listing(
            ticker=t,
            mic=draft.markets[t],
            currency=MARKETS[t.rpartition(".")[2]][1] if "." in t else "USD",
            figi=draft.figis.get(t, ""),
        )
        for t in tickers
    ))  # fmt: skip


def sec_rows() -> list[tuple[str, str, str, str]]:
    import pyarrow.parquet as parquet

    spec = importlib.util.find_spec("edgar")
    if spec is None or spec.origin is None:
        raise UniverseError("edgartools is not installed.", remedy="Install the extra `universe`.")
    path = Path(spec.origin).parent / "reference/data/company_tickers.parquet"
    rows = parquet.read_table(path).to_pylist()
    return [(r["cik"], r["ticker"], r["exchange"] or "", r["name"]) for r in rows]


def stocks() -> list[dict]:
    from pytickersymbols import PyTickerSymbols

    mended = (s | MISNAMED.get(str(s.get("symbol")), {}) for s in PyTickerSymbols().get_all_stocks())
    return sorted(mended, key=lambda s: str(s["name"]))


def hand_issuers() -> list[HandIssuer]:
    return [
        issuer
        for path in sorted((OVERLAY / "issuers").glob("*.txt"))
        for issuer in parse_issuers(path.read_text("utf-8"), f"issuers/{path.name}")
    ]


def hand_ambiguity(drafts: Drafts) -> list[tuple[str, HandAmbiguity]]:
    keys = drafts.keys()
    lines = parse_ambiguity((OVERLAY / "ambiguous.txt").read_text("utf-8"), "ambiguous.txt")
    return [(id_of(line.key, keys, line.where), line) for line in lines]


def hand_dated(drafts: Drafts) -> list[tuple[str, HandDated]]:
    """Read what held for a time only; a ticker that has ended becomes a former one of its issuer."""
    keys = drafts.keys()
    found = []
    lines = parse_dated((OVERLAY / "dated.txt").read_text("utf-8"), "dated.txt")
    strange = {line.text: line.ends for line in lines if line.key == "-"}
    for line in lines:
        issuer_id = "" if line.key == "-" else id_of(line.key, keys, line.where)
        found.append((issuer_id, line))
        if issuer_id and line.what == "ticker" and line.text not in drafts.by_ticker:
            draft = drafts.by_id[issuer_id]
            if not line.ends:
                raise UniverseError(
                    f"{line.where}: {line.text} is no ticker of {draft.name}.", remedy="List it."
                )
            if strange.get(line.text, "") > line.ends:
                continue  # a stranger had it last
            draft.former = (*draft.former, line.text)
            drafts.by_ticker[line.text] = draft
    return found


def spelled_alike(dated: list[tuple[str, HandDated]], names: list[NameRow]) -> list[Dated]:
    """Turn dates into rows; a name is written as in the table of names, under each of its spellings."""
    spelled: dict[tuple[str, str], list[str]] = {}
    for row in names:
        spelled.setdefault((row.text.lower(), row.issuer_id), []).append(row.text)
    rows = []
    for issuer_id, line in dated:
        texts = [line.text] if line.what == "ticker" else spelled.get((line.text.lower(), issuer_id))
        if not texts:
            print(f"{line.where}: {line.text!r} is no name of {issuer_id}: left out")
            continue
        rows += [Dated(issuer_id, line.what, text, line.starts, line.ends) for text in texts]
    return sorted(rows)


def add_identifiers(drafts: Drafts) -> None:
    """Add LEIs and FIGIs written by hand: `TICKER or @slug | LEI | FIGI of that listing`."""
    keys = drafts.keys()
    for where, line in lines_of((OVERLAY / "identifiers.txt").read_text("utf-8"), "identifiers.txt"):
        key, lei, figi = (cell.strip() for cell in line.split("|"))
        draft = drafts.by_id[id_of(key, keys, where)]
        if (lei and not is_lei(lei)) or (figi and not is_figi(figi)):
            raise UniverseError(f"{where}: a check digit is wrong.", remedy="Correct it, or leave it out.")
        draft.lei = lei or draft.lei
        if figi:
            draft.figis[key] = figi


def source_rows(keys: dict[str, str]) -> list[tuple[str, str, str]]:
    lines = parse_sources((OVERLAY / "sources.txt").read_text("utf-8"), "sources.txt")
    return [(s.kind, s.name, id_of(s.key, keys, s.where) if s.key else "") for s in lines]


def id_of(key: str, keys: dict[str, str], where: str) -> str:
    if key not in keys:
        raise UniverseError(f"{where}: no issuer has the key {key!r}.", remedy="Add it to an issuers file.")
    return keys[key]


def write(file: str, columns: tuple[str, ...], rows: Iterable[Iterable[str]]) -> None:
    lines = ["\t".join(columns), *("\t".join(row) for row in rows)]
    (DATA / file).write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{file}: {len(lines) - 1:,} rows, {(DATA / file).stat().st_size / 1024:,.0f} KiB")


if __name__ == "__main__":
    main()

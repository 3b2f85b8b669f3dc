"""Files of custodians at the desk: read, shown before they are kept, kept whole or not at all."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from readthrough.domain.errors import HoldingsError, told
from readthrough.domain.portfolio import BookKind, Portfolio
from readthrough.portfolio.imports import Import, Mapped, read_import, template_of

if TYPE_CHECKING:
    from readthrough.desk.open import Desk
    from readthrough.portfolio.lots import Method
    from readthrough.portfolio.price_files import MarketData
    from readthrough.portfolio.reconcile import Reconciliation

__all__ = [
    "Import",
    "Mapped",
    "bytes_of",
    "identifier_of",
    "import_document",
    "import_fund",
    "import_prices",
    "is_quoted_in",
    "keep_import",
    "lot_method",
    "mapping_of",
    "pairs_of",
    "read_book",
    "read_bytes",
    "reconciliation",
    "template",
    "unpacked",
]

_LARGEST: Final = 64 * 1024 * 1024  # bytes; a million rows of holdings are about that
_BATCH: Final = 512  # rows of Parquet unfolded at a time
_TOLD: Final = 5


def identifier_of(name: str) -> str:
    """Return the id of a portfolio by its name."""
    return "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split()) or "portfolio"


def bytes_of(path: Path) -> bytes:
    """Read a file; one in Parquet comes back as CSV with every figure as it is written there.

    Raises:
        HoldingsError: It cannot be read, is too large, or pyarrow is needed and missing.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
    except OSError as error:
        raise HoldingsError(
            f"The holdings file {str(path)!r} cannot be read: {error.strerror}.",
            remedy="Check the path and its permissions.",
            path=str(path),
        ) from error
    if len(raw) > _LARGEST:
        raise HoldingsError(
            f"The file {str(path)!r} is larger than {_LARGEST // 2**20} MB.", remedy="Import it in parts."
        )
    return unpacked(raw)


def unpacked(raw: bytes) -> bytes:
    """Return Parquet as CSV with every figure as it is written there, anything else as it is.

    Raises:
        HoldingsError: pyarrow is needed and missing, or cannot read it.
    """
    return _from_parquet(raw) if raw.startswith(b"PAR1") else raw


def _from_parquet(raw: bytes) -> bytes:
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise HoldingsError(
            "Parquet files need the extra `parquet`.",
            remedy="pip install 'readthrough[parquet]', or use CSV.",
        ) from error
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    try:
        file = parquet.ParquetFile(io.BytesIO(raw))
        writer.writerow(file.schema_arrow.names)
        for batch in file.iter_batches(batch_size=_BATCH):  # a small file may unfold to any size
            for row in batch.to_pylist():
                writer.writerow(["" if value is None else str(value) for value in row.values()])
            if out.tell() > _LARGEST:
                raise HoldingsError(
                    f"The Parquet file unfolds to more than {_LARGEST // 2**20} MB.",
                    remedy="Import it in parts.",
                )
    except (arrow.ArrowException, OSError) as error:
        raise HoldingsError(f"The Parquet file cannot be read: {error}.", remedy="Write it again.") from error
    return out.getvalue().encode()


def pairs_of(given: Iterable[str], option: str) -> dict[str, str]:
    """Read LEFT=RIGHT pairs; the last `=` parts them.

    Raises:
        HoldingsError: One is no pair.
    """
    pairs = {}
    for each in given:
        left, sign, right = each.rpartition("=")
        if not sign or not left:
            raise HoldingsError(f"{option} {each!r} is no pair.", remedy=f"Write {option} 'LEFT=RIGHT'.")
        pairs[left.strip()] = right.strip()
    return pairs


def mapping_of(
    path: Path | None, columns: Mapping[str, str], instruments: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return headings and instruments as a TOML file maps them, what is said on the command line on top.

    Raises:
        HoldingsError: The file cannot be read.
    """
    document: dict[str, Any] = {}
    if path is not None:
        try:
            document = tomllib.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise HoldingsError(
                f"The mapping {str(path)!r} cannot be read: {error}.",
                remedy="Give TOML with [columns] and [instruments].",
            ) from error
    return (
        {str(k): str(v) for k, v in document.get("columns", {}).items()} | dict(columns),
        {str(k): str(v) for k, v in document.get("instruments", {}).items()} | dict(instruments),
    )


def read_book(
    desk: Desk,
    path: Path,
    *,
    name: str = "",
    format: str = "",
    kind: str = "portfolio",
    mapped: Mapped | None = None,
) -> Import:
    """Read a file of holdings or transactions, keeping nothing.

    Raises:
        HoldingsError: It is in no known format, or nothing in it could be read.
    """
    return read_bytes(desk, bytes_of(path), name=name or path.stem, format=format, kind=kind, mapped=mapped)


def read_bytes(
    desk: Desk,
    raw: bytes,
    *,
    name: str,
    format: str = "",
    kind: str = "portfolio",
    mapped: Mapped | None = None,
) -> Import:
    """Read holdings or transactions as they were sent, keeping nothing.

    Raises:
        HoldingsError: They are in no known format, or nothing in them could be read.
    """
    return read_import(
        unpacked(raw),
        portfolio_id=identifier_of(name),
        name=name,
        universe=desk.universe,
        format=format,
        kind=BookKind(kind),
        mapped=mapped,
    )


def lot_method(desk: Desk, name: str = "") -> Method:
    """Return which lot a sale closes: as named, else as `portfolio.lots` has it.

    Raises:
        HoldingsError: There is no such method.
    """
    from readthrough.portfolio.lots import Method

    try:
        return Method(name or desk.settings.portfolio.lots)
    except ValueError:
        raise HoldingsError(
            f"There is no way {name!r} of choosing lots.",
            remedy="Use fifo, lifo, hifo, average or specific.",
        ) from None


def keep_import(
    desk: Desk, read: Import, portfolio_id: str, *, partial: bool = False, lots: str = ""
) -> tuple[int, int]:
    """Keep what a file holds, all of it or nothing.

    A history alone also makes the holdings, of a portfolio that has none and of one whose holdings a history
    made before. Holdings that came from a file of their own stay.

    Args:
        desk: Where.
        read: As `read_book` returns it.
        portfolio_id: Whose.
        partial: Keep the rest although rows are lost.
        lots: Which lot a sale closes, where holdings are made of a history; `portfolio.lots` when empty.

    Returns:
        How many transactions were new, and how many replaced one of the same id.

    Raises:
        HoldingsError: Rows of it are lost, and `partial` was not said, or there is no such way of choosing
            lots; nothing was kept.
    """
    method = lot_method(desk, lots)
    if read.lost and not partial:
        shown = "; ".join(told(p.detail, p.remedy) for p in read.lost[:_TOLD])
        raise HoldingsError(
            f"{len(read.lost):,} rows cannot be read, so nothing was imported: {shown}",
            remedy="Mend the rows, or import the rest with --partial.",
        )
    store = desk.store
    with store.together():
        counts = (0, 0)
        if read.portfolio is not None:
            store.save_portfolio(_with_benchmark(desk, read.portfolio), at=desk.clock())
        for account in read.accounts:
            store.books.save_account(account)
        if read.transactions:
            counts = store.books.save_transactions(portfolio_id, read.transactions, at=desk.clock())
        if read.rates:
            store.books.save_rates(read.rates)
    if read.portfolio is None and read.transactions:
        before = next((p for p in store.portfolios() if p.id == portfolio_id), None)
        if before is None or _is_of_history(before):
            store.save_portfolio(_from_history(desk, portfolio_id, method, before), at=desk.clock())
    desk.refresh()
    return counts


def _with_benchmark(desk: Desk, portfolio: Portfolio) -> Portfolio:
    """A portfolio imported anew keeps the benchmark it had."""
    before = next((p for p in desk.store.portfolios() if p.id == portfolio.id), None)
    return portfolio if before is None else replace(portfolio, benchmark_id=before.benchmark_id)


def _is_of_history(portfolio: Portfolio) -> bool:
    """Tell whether holdings were made of transactions: those of a file know their row."""
    return all(line.source_row == 0 for line in portfolio.holdings)


def _from_history(desk: Desk, portfolio_id: str, method: Method, before: Portfolio | None) -> Portfolio:
    """Holdings as the lots of a history make them, priced where prices are known."""
    from readthrough.portfolio.positions import portfolio_of

    history = desk.store.books.transactions(portfolio_id)
    made = portfolio_of(
        portfolio_id,
        history,
        prices=desk.store.books.prices(sorted({n for t in history for n in (t.instrument, t.into) if n})),
        rates=desk.store.books.rates(),
        universe=desk.universe,
        today=max([desk.clock().date(), *(t.day for t in history)]),
        method=method,
        name="" if before is None else before.name,
        base_currency="USD" if before is None else before.base_currency,
    )
    return made if before is None else replace(made, kind=before.kind, benchmark_id=before.benchmark_id)


def import_prices(desk: Desk, path: Path, *, currency: str = "", day_first: bool | None = None) -> MarketData:
    """Read a file of prices or rates and keep what could be read of it.

    Raises:
        HoldingsError: It holds neither.
    """
    from readthrough.portfolio.price_files import read_market_data

    data = read_market_data(
        bytes_of(path), desk.universe, source=path.name, day_first=day_first, currency=currency
    )
    with desk.store.together():
        desk.store.books.save_prices(data.prices)
        desk.store.books.save_rates(data.rates)
    return data


def is_quoted_in(code: str) -> bool:
    """Tell whether prices may be in a currency: an ISO code, or the hundredths that exchanges quote in."""
    from readthrough.portfolio.currencies import is_currency
    from readthrough.portfolio.prices import major_unit

    return is_currency(major_unit(code)[0])


def import_fund(desk: Desk, path: Path) -> tuple[int, list[str]]:
    """Read what funds hold and keep it: how many funds, and what was wrong with rows.

    Raises:
        HoldingsError: It is no such file.
    """
    from readthrough.portfolio.price_files import read_fund

    funds, problems = read_fund(bytes_of(path), desk.universe, source=path.name)
    with desk.store.together():
        for fund in funds:
            desk.store.books.save_fund(fund)
    desk.refresh()
    return len(funds), [told(p.detail, p.remedy) for p in problems]


def reconciliation(desk: Desk, portfolio_id: str, custodian: Import, *, lots: str = "") -> Reconciliation:
    """Compare what a portfolio's history makes, or its holdings where it has none, with a custodian's file.

    Args:
        desk: Where the portfolio is kept.
        portfolio_id: Which one.
        custodian: As `read_book` returns it.
        lots: Which lot a sale closes, so that costs are figured as the custodian does; `portfolio.lots` when
            empty.

    Raises:
        HoldingsError: There is no such portfolio, no such way of choosing lots, or the file holds no positions.
    """
    from readthrough.portfolio.lots import keep_book
    from readthrough.portfolio.reconcile import own_figures, reconcile, stated_figures

    method = lot_method(desk, lots)
    if custodian.portfolio is None:
        raise HoldingsError("The custodian's file holds no positions.", remedy="Give a positions file.")
    history = desk.store.books.transactions(portfolio_id)
    if history:
        ours = own_figures(keep_book(history, method=method, until=custodian.portfolio.as_of))
    else:
        held = next((p for p in desk.store.portfolios() if p.id == portfolio_id), None)
        if held is None:
            raise HoldingsError(
                f"No portfolio has the id {portfolio_id!r}.", remedy="`readthrough portfolio list` shows ids."
            )
        ours = stated_figures(held)
    return reconcile(ours, stated_figures(custodian.portfolio))


def template(what: str) -> str:
    """Return a file that can be imported.

    Raises:
        HoldingsError: There is no such template.
    """
    return template_of(what)


def import_document(read: Import) -> dict[str, Any]:
    """Return an import as JSON: what was found, what each heading was read as, and what became of rows."""
    from readthrough.desk.documents import portfolio_document

    def problems(found: Any) -> list[dict[str, str]]:
        return [{"code": p.code, "detail": p.detail, "remedy": p.remedy} for p in found]

    return {
        "format": read.format,
        "headings": [{"heading": heading, "field": field or None} for heading, field in read.headings],
        "sample": [dict(row) for row in read.sample],
        "portfolio": None if read.portfolio is None else portfolio_document(read.portfolio),
        "transactions": len(read.transactions),
        "accounts": [{"id": a.id, "custodian": a.custodian, "currency": a.currency} for a in read.accounts],
        "rates": len(read.rates),
        "problems": problems(read.problems),
        "lost": problems(read.lost),
        "unresolved": problems(read.unresolved),
    }

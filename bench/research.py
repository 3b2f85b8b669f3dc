"""Research: search over 100,000 documents, evidence pages, figures, and retrieval beside words alone and vectors alone.

BENCH_PARTS names what is measured, joined by commas: scale, postgresql, financebench, ndcg, tatqa; or all. Without it
only scale is, which takes half a minute. The public sets are read from the folder that READTHROUGH_DATA names; what
needs them is left out, saying so, where it is missing. BENCH_ENCODED is how many documents of a set the encoder reads
for its column (300; 0 leaves the column out): a busy core reads about five long pieces a second.
"""

from __future__ import annotations

import json
import math
import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from bench.results import Result
from readthrough.desk import answers
from readthrough.desk.corpus import DEPTH, VECTOR_WEIGHT, index, space_of, vectors_of
from readthrough.desk.open import Desk, open_desk
from readthrough.desk.resolve import resolve
from readthrough.domain.article import Span
from readthrough.domain.corpus import Corpus, CorpusDocument, CorpusFilter, DocumentKind, Indexed, Piece
from readthrough.research.fuse import fused
from readthrough.research.ratios import search_words
from readthrough.settings import load_settings
from readthrough.storage.open import open_store

__all__ = ["run"]

_DOCUMENTS, _SIZE, _QUERIES = 100_000, 384, 60
_T0 = datetime(2020, 1, 1, tzinfo=UTC)


_PARTS = ("scale", "postgresql", "financebench", "ndcg", "tatqa")


def run() -> Iterator[Result]:
    """Measure what BENCH_PARTS names."""
    asked = os.environ.get("BENCH_PARTS", "scale").split(",")
    parts = _PARTS if asked == ["all"] else tuple(asked)
    if unknown := [part for part in parts if part not in _PARTS]:
        raise SystemExit(f"BENCH_PARTS names {', '.join(unknown)}; there are {', '.join(_PARTS)}, all")
    if "scale" in parts:
        with tempfile.TemporaryDirectory() as folder:
            yield from _at_scale(f"sqlite:///{folder}/corpus.db", "embedded", "research")
    if "postgresql" in parts:
        if url := os.environ.get("TEST_POSTGRESQL", ""):
            yield from _at_scale(url, "PostgreSQL", "research.postgresql")
        else:
            print("TEST_POSTGRESQL names no database: try tools/postgres.sh make bench BENCH=research")
    if not {"financebench", "ndcg", "tatqa"} & set(parts):
        return
    data = os.environ.get("READTHROUGH_DATA", "")
    if not data:
        print("READTHROUGH_DATA names no folder: FinanceBench, TAT-QA and retrieval_small are left out")
        return
    if "financebench" in parts:
        yield from _financebench(Path(data) / "financebench")
    if "ndcg" in parts:
        yield from _nDCG(Path(data))
    if "tatqa" in parts:
        yield from _exact(Path(data) / "tatqa" / "tatqa_dataset_dev.json")


# scale


def _at_scale(url: str, name: str, prefix: str) -> Iterator[Result]:
    drawn = np.random.default_rng(1)
    common = 1 / np.arange(1, 20_001)
    words = drawn.choice(20_000, size=(_DOCUMENTS + 1_000, 36), p=common / common.sum())
    centres = drawn.normal(size=(300, _SIZE))
    vectors = centres[drawn.integers(0, 300, len(words))] + 0.9 * drawn.normal(size=(len(words), _SIZE))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    about = drawn.integers(0, 500, len(words))
    store = open_store(url)
    corpus = store.corpus()

    def made(n: int) -> Indexed:
        text = " ".join(f"w{w:x}" for w in words[n])
        when = _T0 + timedelta(minutes=17 * n)
        document = CorpusDocument(
            id=f"d{n}", kind=DocumentKind.NEWS, title=text[:40], text=text, source=f"s{n % 7}", published_at=when,
            known_at=when, tickers=((f"TK{about[n]}", 1.0),),
        )  # fmt: skip
        piece = Piece(span=Span(0, len(text)), page=1, text=text, vector=memoryview(vectors[n]))
        return Indexed(document=document, pieces=(piece,), space="bench")

    for start in range(0, _DOCUMENTS, 2_000):
        corpus.add([made(n) for n in range(start, start + 2_000)])
    rare = np.where(np.arange(20_000) < 100, 0, common)  # questions are not asked with the commonest words
    asked = [[f"w{w:x}" for w in drawn.choice(20_000, 4, p=rare / rare.sum())] for _ in range(_QUERIES)]
    near = vectors[drawn.integers(0, _DOCUMENTS, _QUERIES)] + 0.03 * drawn.normal(size=(_QUERIES, _SIZE))
    near = (near / np.linalg.norm(near, axis=1, keepdims=True)).astype(np.float32)
    since = _T0 + timedelta(minutes=17 * int(_DOCUMENTS * 0.35))
    narrow = [CorpusFilter(tickers=(f"TK{drawn.integers(0, 500)}",), since=since) for _ in range(_QUERIES)]
    anywhere = [CorpusFilter()] * _QUERIES
    _ = corpus.by_vector(near[0], "bench", anywhere[0], limit=1)  # the vectors are read into memory once

    def hybrid(only: Sequence[CorpusFilter]) -> Callable[[int], object]:
        return lambda n: fused(
            [
                (1.0, [f.key for f in corpus.by_words(asked[n], only[n], limit=50)]),
                (1.0, [f.key for f in corpus.by_vector(near[n], "bench", only[n], limit=50)]),
            ]
        )

    plain = _p50(lambda n: np.argpartition(-(vectors[:_DOCUMENTS] @ near[n]), 10))
    whole, filtered = _p50(hybrid(anywhere)), _p50(hybrid(narrow))
    yield Result(
        bench=f"{prefix}.hybrid_p50_ms", value=whole, against="numpy scan of the matrix", ratio=plain / whole,
        words=f"{name}: hybrid search of {_DOCUMENTS:,} documents {whole:.1f} ms at the median (a plain scan {plain:.1f} ms)",
    )  # fmt: skip
    yield Result(
        bench=f"{prefix}.filtered_p50_ms",
        value=filtered,
        words=f"{name}: filtered to a ticker and a time {filtered:.1f} ms",
    )
    yield Result(
        bench=f"{prefix}.filtered_recall", value=_recall(corpus, vectors, near, about, narrow),
        words=f"{name}: recall@10 of filtered search by vector, of the vectors as kept (half precision)",
    )  # fmt: skip
    begun = perf_counter()
    corpus.add([made(n) for n in range(_DOCUMENTS, _DOCUMENTS + 1_000)])
    yield Result(
        bench=f"{prefix}.add_1000_s",
        value=perf_counter() - begun,
        words=f"{name}: adding 1,000 documents, vectors made",
    )
    corpus.remove([f"d{n}" for n in range(_DOCUMENTS + 1_000)], tenant="") if name != "embedded" else None
    corpus.close()
    store.close()


def _p50(work: Callable[[int], object]) -> float:
    times = []
    for n in range(_QUERIES):
        begun = perf_counter()
        work(n)
        times.append(perf_counter() - begun)
    return 1_000 * sorted(times)[_QUERIES // 2]


def _recall(corpus: Corpus, vectors: Any, near: Any, about: Any, narrow: Sequence[CorpusFilter]) -> float:
    vectors = vectors.astype(np.float16).astype(np.float32)  # as they are kept
    shares = []
    for n, only in enumerate(narrow):
        allowed = np.flatnonzero(about[:_DOCUMENTS] == int(only.tickers[0][2:]))
        allowed = allowed[allowed >= int(_DOCUMENTS * 0.35)]
        best = allowed[np.argsort(-(vectors[allowed] @ near[n]))[:10]]
        found = corpus.by_vector(near[n], "bench", only, limit=10)
        shares.append(len({f"d{i}" for i in best} & {f.document_id for f in found}) / len(best))
    return float(np.mean(shares))


# public sets


def _desk(folder: str, vectors: str) -> Desk:
    flags = {"home": folder, "research.vectors": vectors} | (
        {"encoder.model": "own"} if vectors == "encoder" else {}
    )
    return open_desk(load_settings(flags=flags, environ={}))


def _paged(
    name: str, title: str, pages: dict[int, str], tickers: Sequence[str]
) -> tuple[CorpusDocument, list[int]]:
    starts, text = [], ""
    for number in sorted(pages):
        starts.append(len(text))
        text += pages[number] + "\n\n"
    document = CorpusDocument(
        id="doc_" + name, kind=DocumentKind.FILING, title=title, text=text, pages=tuple(starts), known_at=_T0,
        tickers=tuple((t, 1.0) for t in tickers),
    )  # fmt: skip
    return document, sorted(pages)


def _financebench(folder: Path) -> Iterator[Result]:
    file = folder / "financebench_open_source.jsonl"
    if not file.exists():
        print(f"{file} is missing: FinanceBench is left out")
        return
    questions = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    about = {
        row["doc_name"]: row
        for line in (folder / "financebench_document_information.jsonl")
        .read_text(encoding="utf-8")
        .splitlines()
        for row in [json.loads(line)]
    }
    pages: dict[str, dict[int, str]] = defaultdict(dict)
    company = {}
    for one in questions:
        company[one["doc_name"]] = one["company"]
        for evidence in one["evidence"]:
            pages[evidence["doc_name"]][evidence["evidence_page_num"]] = evidence["evidence_text_full_page"]
    with tempfile.TemporaryDirectory() as home, _desk(home, "none") as desk:
        numbers, made = {}, []
        for name, held in pages.items():
            told = about.get(name, {})
            firm = company.get(name) or told.get("company", "")
            title = f"{firm} {told.get('doc_period', '')} {told.get('doc_type', '')}"
            document, numbers[document_name(name)] = _paged(
                name, title, held, resolve(desk, firm).question.tickers[:1]
            )
            made.append(document)
        index(desk, made)
        top = figures = right = 0
        for one in questions:
            asked = resolve(desk, one["question"]).question
            found = answers.found_pages(desk, asked, answers.Scope(), limit=5)
            seen = {(f.document_id[4:], numbers[f.document_id][f.page - 1]) for f in found}
            top += bool(seen & {(e["doc_name"], e["evidence_page_num"]) for e in one["evidence"]})
            told_figures = answers.answer(desk, one["question"]).figures
            if told_figures:
                figures += 1
                right += _agrees(told_figures[0].shown, one["answer"])
    yield Result(
        bench="research.financebench_top5", value=top / len(questions),
        words=f"FinanceBench: an evidence page among the first five for {top} of {len(questions)} questions",
    )  # fmt: skip
    yield Result(
        bench="research.financebench_figures_precision", value=right / max(1, figures),
        words=f"FinanceBench: {right} of {figures} figures given are right ({figures} of {len(questions)} questions get one)",
    )  # fmt: skip


def document_name(name: str) -> str:
    """Return a document's id in the corpus."""
    return "doc_" + name


def _agrees(shown: str, answer: str) -> bool:
    told, gold = _first_number(shown), _first_number(answer)
    return (
        told is not None and gold is not None and abs(told - gold) <= max(Decimal("0.011"), abs(gold) / 100)
    )


def _first_number(text: str) -> Decimal | None:
    if bracketed := re.fullmatch(
        r"\s*[$€£]?\s*\(([$€£]?[\d,.]+)\)\s*", text
    ):  # as accounts print what is less than nothing
        text = f"-{bracketed[1]}"
    found = re.search(r"-?\$?\s?-?\d[\d,]*(?:\.\d+)?", text)
    return Decimal(re.sub(r"[^\d.-]", "", found[0])) if found else None


def _nDCG(data: Path) -> Iterator[Result]:
    sets: list[tuple[str, dict[str, str], dict[str, str], dict[str, dict[str, int]]]] = []
    if (reports := data / "retrieval_small" / "business-reports").exists():
        corpus, queries, wanted = _beir(reports)
        sets.append(("retrieval_small", corpus, queries, wanted))
        mended = {query: wanted[_JUDGED_FOR[query]] for query in queries if query in _JUDGED_FOR}
        sets.append(("retrieval_small_mended", corpus, {q: queries[q] for q in mended}, mended))
    if (tatqa := data / "tatqa" / "tatqa_dataset_dev.json").exists():
        sets.append(("tatqa", *_tatqa(tatqa)))
    encoded = int(os.environ.get("BENCH_ENCODED", "300"))
    for name, corpus, queries, wanted in sets:
        for vectors in ("hash", "encoder") if encoded else ("hash",):
            kept = corpus
            if vectors == "encoder" and len(corpus) > encoded:
                judged = [k for told in wanted.values() for k in told]
                kept = {k: corpus[k] for k in [*dict.fromkeys(judged), *corpus][:encoded]}
            asked = {q: text for q, text in queries.items() if any(k in kept for k in wanted[q])}
            with tempfile.TemporaryDirectory() as home, _desk(home, vectors) as desk:
                index(
                    desk,
                    [
                        CorpusDocument(
                            id=k, kind=DocumentKind.REPORT, title=text[:80], text=text, known_at=_T0
                        )
                        for k, text in kept.items()
                    ],
                )
                yield from _compared(desk, name, vectors, asked, wanted, len(kept))


_JUDGED_FOR = {
    "q_12": "q_18", "q_14": "q_16", "q_15": "q_15", "q_16": "q_14", "q_17": "q_13", "q_18": "q_22", "q_19": "q_21",
    "q_21": "q_19",
}  # fmt: skip
"""Of retrieval_small's eleven judged questions ten are judged against the document of another one. Put back by hand,
by what the titles say; for three there is no document that fits."""


def _compared(
    desk: Desk,
    name: str,
    vectors: str,
    queries: dict[str, str],
    wanted: dict[str, dict[str, int]],
    documents: int,
) -> Iterator[Result]:
    anything = CorpusFilter()
    scores: dict[str, list[float]] = defaultdict(list)
    for key, text in queries.items():
        words = desk.corpus.by_words(search_words(text), anything, limit=DEPTH)
        near = desk.corpus.by_vector(vectors_of(desk, [text])[0], space_of(desk), anything, limit=DEPTH)
        by = {f.key: f.document_id for f in (*words, *near)}
        both = [
            by[k] for k, _ in fused([(1.0, [f.key for f in words]), (VECTOR_WEIGHT, [f.key for f in near])])
        ]
        for way, ranking in (
            ("words", [f.document_id for f in words]), ("vectors", [f.document_id for f in near]), ("hybrid", both),
        ):  # fmt: skip
            scores[way].append(_gain(list(dict.fromkeys(ranking))[:10], wanted[key]))
    mean = {way: sum(values) / len(values) for way, values in scores.items()}
    told = ", ".join(f"{way} {value:.3f}" for way, value in mean.items())
    yield Result(
        bench=f"research.{name}_ndcg10_{vectors}", value=mean["hybrid"], against="words alone",
        ratio=mean["hybrid"] / max(1e-9, mean["words"]), words=f"{name}: nDCG@10 of {len(queries)} questions over {documents} documents, {vectors} vectors: {told}",
    )  # fmt: skip


def _gain(ranking: Sequence[str], wanted: dict[str, int]) -> float:
    got = sum((2 ** wanted.get(k, 0) - 1) / math.log2(n + 2) for n, k in enumerate(ranking))
    best = sum(
        (2**g - 1) / math.log2(n + 2) for n, g in enumerate(sorted(wanted.values(), reverse=True)[:10])
    )
    return got / best if best else 0.0


def _beir(folder: Path) -> tuple[dict[str, str], dict[str, str], dict[str, dict[str, int]]]:
    def rows(name: str) -> list[dict[str, str]]:
        return [
            json.loads(line)
            for line in (folder / name).read_text(encoding="utf-8").splitlines()
            if line.strip()
        ]

    corpus = {r["_id"]: f"{r.get('title', '')}\n{r['text']}".strip() for r in rows("corpus.jsonl")}
    wanted: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (folder / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) == 3 and parts[2].lstrip("-").isdigit():
            wanted[parts[0]][parts[1]] = int(parts[2])
    queries = {r["_id"]: r["text"] for r in rows("queries.jsonl") if r["_id"] in wanted}
    return corpus, queries, wanted


def _tatqa(file: Path) -> tuple[dict[str, str], dict[str, str], dict[str, dict[str, int]]]:
    corpus, queries, wanted = {}, {}, {}
    for context in json.loads(file.read_text(encoding="utf-8")):
        key = context["table"]["uid"]
        rows = [" | ".join(row) for row in context["table"]["table"]]
        corpus[key] = "\n".join([p["text"] for p in context["paragraphs"]] + rows)
        for question in context["questions"][:1]:
            queries[question["uid"]] = question["question"]
            wanted[question["uid"]] = {key: 1}
    return corpus, queries, wanted


def _exact(file: Path) -> Iterator[Result]:
    """Questions of TAT-QA asked of its own tables, each context a document of a company of its own."""
    if not file.exists():
        print(f"{file} is missing: TAT-QA is left out")
        return
    given = right = asked = told = 0
    with tempfile.TemporaryDirectory() as home, _desk(home, "none") as desk:
        contexts = json.loads(file.read_text(encoding="utf-8"))
        made = []
        for n, context in enumerate(contexts):
            rows = ["  ".join(cell for cell in row if cell) for row in context["table"]["table"]]
            text = "\n".join([*rows, "", *(p["text"] for p in context["paragraphs"])])
            made.append(
                CorpusDocument(
                    id=f"doc_{n}",
                    kind=DocumentKind.FILING,
                    title=f"Report {n}",
                    text=text,
                    known_at=_T0,
                    tickers=((f"TQ{n}", 1.0),),
                )
            )
        index(desk, made)
        for n, context in enumerate(contexts):
            scope = answers.Scope(tickers=(f"TQ{n}",))
            for question in context["questions"]:
                asked += 1
                found = answers.answer(desk, question["question"], scope=scope, limit=1)
                gold = question["answer"]
                if found.figures:
                    given += 1
                    golds = [str(one) for one in (gold if isinstance(gold, list) else [gold])]
                    right += len(golds) == len(found.figures) and all(
                        _agrees(f.shown, one) for f, one in zip(found.figures, golds, strict=True)
                    )
                elif found.sentences and isinstance(gold, list):
                    words = " ".join(found.sentences[0].text.lower().split())
                    told += all(" ".join(str(part).lower().split()) in words for part in gold)
    yield Result(
        bench="research.tatqa_figures_precision", value=right / max(1, given),
        words=f"TAT-QA dev: {right} of {given} figures given are right ({given} of {asked} questions get one)",
    )  # fmt: skip
    yield Result(
        bench="research.tatqa_exact", value=right / max(1, asked),
        words=f"TAT-QA dev: {right} of {asked} questions answered by a right figure, {given} figures given; in {told} more "
        "the first sentence holds the whole answer",
    )  # fmt: skip

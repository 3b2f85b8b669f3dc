"""The encoder on one core, beside a network of BERT-base's size (FinBERT's) in onnxruntime and in torch, and VADER.

The rivals need the extra `train` (random weights serve for time) and `vaderSentiment`; without them they are left out.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice

from bench.articles import articles_of_300_words
from bench.results import Result, least_seconds, median_seconds
from readthrough.domain.errors import ModelError
from readthrough.domain.ports import SentenceQuestion
from readthrough.encoder.folder import own_folder
from readthrough.encoder.reader import Encoder
from readthrough.reading.read import read
from readthrough.reading.sentences import split_sentences
from readthrough.universe import load_universe

__all__ = ["run"]

_WORDS = 21  # about 25 pieces with their frames
_BERT_BASE = {"width": 768, "inner": 3072, "layers": 12, "heads": 12}
_LOAD = "from readthrough.encoder.reader import Encoder; Encoder.load()"


def run() -> Iterator[Result]:
    """Measure sentences a second of CPU time, start-up, memory, and the whole reading with the encoder."""
    try:
        encoder = Encoder.load(remember=0)
    except ModelError as error:
        print(f"encoder: left out: {error}")
        return
    texts = _sentences(320)
    for size in (1, 32):
        rate = _rate(encoder, texts, size)
        yield Result(
            bench=f"encoder.sentences_per_s_b{size}",
            value=rate,
            words=f"encoder: {rate:.0f} sentences of {_WORDS} words a second on one core, {size} at a time",
        )
    yield from _rivals(encoder, texts[:64])
    yield _load()
    yield _whole_reading()
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory of this process at the most, rivals and universe included: {rss:.0f} MB")


def _sentences(count: int) -> list[str]:
    """Sentences of one length, cut from the sample articles."""
    words = [
        w for a in articles_of_300_words(40) for s in split_sentences(a) for w in s.span.of(a.text).split()
    ]
    endless = cycle(words)
    return [" ".join(islice(endless, _WORDS)) for _ in range(count)]


def _rate(encoder: Encoder, texts: Sequence[str], size: int) -> float:
    asked = [SentenceQuestion(text=t) for t in texts]
    encoder.answer(asked[:32])

    def work() -> None:
        for start in range(0, len(asked), size):
            encoder.answer(asked[start : start + size])

    return len(texts) / _cpu(work)


def _cpu(work: Callable[[], object], runs: int = 3) -> float:
    def once() -> None:
        work()

    return least_seconds({"work": once}, rounds=runs)["work"]


def _rivals(encoder: Encoder, texts: Sequence[str]) -> Iterator[Result]:
    ours = len(texts) / _rate(encoder, texts, 32)
    try:
        import numpy as np
        import torch

        from readthrough.encoder.session import Session
        from readthrough.training.export import exported
        from readthrough.training.network import ReaderNetwork
    except ImportError as error:
        print(f"encoder.vs_bert_base: left out, {error.name} is not installed (the extra `train`)")
        return
    torch.set_num_threads(1)
    network = ReaderNetwork(**_BERT_BASE, parents=46, mark_start=2, mark_end=3).eval()
    session = Session(exported(network, None))
    rows = encoder._cutter.cut(texts, [()] * len(texts))
    theirs = _cpu(lambda: session.run(rows, padding=0, names=session.inputs), runs=2)
    yield Result(
        bench="encoder.vs_bert_base",
        value=theirs / ours,
        words=f"encoder: {theirs / ours:.1f} times a network of BERT-base's size, fp32 in onnxruntime",
        against="BERT-base fp32, onnxruntime",
        ratio=theirs / ours,
    )
    longest = max(map(len, rows))
    ids = torch.tensor(np.array([[*r, *([0] * (longest - len(r)))] for r in rows]))
    with torch.no_grad():
        slow = _cpu(lambda: [network(part, torch.ones_like(part)) for part in ids.split(32)], runs=2)
    print(f"encoder: {slow / ours:.1f} times the same in torch")
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError:
        print("encoder: VADER left out, vaderSentiment is not installed")
        return
    vader = SentimentIntensityAnalyzer()
    quick = _cpu(lambda: [vader.polarity_scores(t) for t in texts])
    print(f"encoder: {ours / quick:.1f} times slower than VADER, which reads words only")


def _load() -> Result:
    bare = median_seconds(lambda: _process("import numpy"), runs=3)
    seconds = median_seconds(lambda: _process(_LOAD), runs=3) - bare
    size = sum(path.stat().st_size for path in own_folder().iterdir()) / 1e6
    return Result(
        bench="encoder.load_s",
        value=seconds,
        words=f"encoder: loaded in {seconds:.2f} s beyond an empty process with numpy; {size:.1f} MB on disk",
    )


def _process(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)  # noqa: S603


def _whole_reading() -> Result:
    universe, encoder = load_universe(), Encoder.load(remember=0)
    articles = articles_of_300_words(30)
    for article in articles[:3]:
        read(article, universe, version="bench", reader=encoder)
    seconds = _cpu(lambda: [read(a, universe, version="bench", reader=encoder) for a in articles], runs=2)
    return Result(
        bench="reading.encoded_articles_per_s",
        value=len(articles) / seconds,
        words=f"reading with the encoder: {len(articles) / seconds:.0f} articles of 300 words a second on one core",
    )

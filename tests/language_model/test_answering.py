"""Questions answered through a real server whose model writes noise: whatever it writes, what is shown stands in its sources."""

from __future__ import annotations

from pathlib import Path

from readthrough.desk import ask
from readthrough.desk.flow import process
from readthrough.desk.intake import read_article
from readthrough.desk.open import open_desk
from readthrough.research.grounding import fault_of
from readthrough.settings import load_settings

ARTICLE = {
    "headline": "Target cuts its forecast after heavy markdowns",
    "body": "Target cut its full-year profit forecast on Tuesday, blaming markdowns. Shares fell 6% in early trading.",
    "source": "A wire",
}


def test_an_answer_stands_whatever_the_server_writes(server: str, tmp_path: Path) -> None:
    settings = load_settings(
        flags={"home": str(tmp_path)},
        environ={
            "READTHROUGH_RESEARCH__WRITER": "llm",
            "READTHROUGH_LANGUAGE_MODEL__MODEL": "tiny",
            "READTHROUGH_LANGUAGE_MODEL__BASE_URL": server,
            "READTHROUGH_LANGUAGE_MODEL__RETRIES": "0",
            "READTHROUGH_LANGUAGE_MODEL__TIMEOUT": "120",
            "READTHROUGH_LANGUAGE_MODEL__MAX_OUTPUT_TOKENS": "300",
        },
    )
    with open_desk(settings) as desk:
        process(desk, read_article(desk, ARTICLE))
        made = ask.answer(desk, "Why did Target cut its forecast?")
        spent = desk.store.spending(since=desk.clock().replace(hour=0, minute=0))
    assert spent.requests >= 1, "the server was asked"
    assert made.found
    whole = f"{ARTICLE['headline']}\n\n{ARTICLE['body']}"
    for sentence in made.sentences:
        for cited in sentence.citations:
            assert cited.quote == cited.span.of(whole)
        quoted = [cited.quote for cited in sentence.citations]
        assert not fault_of(sentence.text, quoted, question=made.question)
    if made.method == "extracts":
        assert "markdowns" in made.text

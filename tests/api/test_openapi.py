"""Every operation the API describes, asked with what its schema allows and with what it does not: never a 500."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from starlette.testclient import TestClient
from tests.conftest import rooms

from readthrough.api.app import create_app
from readthrough.desk import books, flow
from readthrough.desk.intake import parse_rule, read_article
from readthrough.desk.open import open_desk
from readthrough.desk.screen import portfolio_of
from readthrough.samples import sample_articles, sample_portfolio
from readthrough.settings import load_settings

EXAMPLES = 5
"""Cases for each operation and each mode; forty found no 500 that five do not."""
ENDLESS = {"/api/v1/stream"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home = tmp_path_factory.mktemp("openapi")
    with open_desk(load_settings(flags={"home": str(home)}, environ={})) as desk:
        desk._parts["universe"], desk._parts["playbooks"] = rooms()
        books.save_portfolio(desk, portfolio_of(desk, sample_portfolio(), name="Sample"))
        books.save_rule(desk, parse_rule({"id": "any", "name": "Anything", "min_abs_score": 0.1}))
        for article in sample_articles()[:3]:
            flow.process(desk, read_article(desk, article))
        app = create_app(desk, settings=desk.settings)
        with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
            yield client


def operations(client: TestClient) -> Iterator[Any]:
    schema = schemathesis.openapi.from_dict(client.get("/openapi.json").json())
    schema.config.generation.update(modes=list(GenerationMode))
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]  # its types are behind: both kinds have it
        if operation.path not in ENDLESS:
            yield operation


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_no_request_breaks_the_server(client: TestClient, mode: GenerationMode) -> None:
    broken: dict[str, str] = {}
    asked = 0
    for operation in operations(client):

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            nonlocal asked
            asked += 1
            sent = case.as_transport_kwargs(base_url="http://127.0.0.1")
            sent = {k: v for k, v in sent.items() if k in _SENT and v is not None}
            answer = client.request(**sent)
            if answer.status_code >= 500:
                broken.setdefault(f"{answer.status_code} {case.method} {case.path}", f"{sent}"[:400])

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the generator, on schemas it cannot narrow
            with suppress(Unsatisfiable):  # an operation that takes nothing can be sent nothing wrong
                ask()
    assert broken == {}
    assert asked > 200


_SENT = {"method", "url", "params", "headers", "cookies", "json", "content", "data"}

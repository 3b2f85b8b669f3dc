from __future__ import annotations

import httpx

from readthrough.domain.ports import StepDone
from readthrough.observe import count_step


def test_the_steps_of_the_journey_have_a_page(client: httpx.Client) -> None:
    count_step(StepDone(step="read", article_id="a", seconds=0.012, outcome="ok"))
    page = client.get("/admin/steps").text
    assert "read: who, what, figures, tone" in page
    assert "0 articles wait" in page
    assert ">Steps</a>" in client.get("/admin").text

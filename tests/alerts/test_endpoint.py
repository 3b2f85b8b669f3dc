"""Circuit and rate of an endpoint."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from readthrough.alerts.endpoint import FAILURES, LONGEST_OPEN, OPEN, admit, failed, gone, succeeded
from readthrough.domain.route import Endpoint

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_failures_in_a_row_open_the_circuit_for_longer_and_longer() -> None:
    endpoint = Endpoint(receiver="r")
    for _ in range(FAILURES - 1):
        endpoint = failed(endpoint, NOW, "500")
        assert admit(endpoint, NOW, wanted=9)[0] == 9
    endpoint = failed(endpoint, NOW, "500")
    assert admit(endpoint, NOW, wanted=9) == (0, endpoint, NOW + OPEN)
    allowed, _, later = admit(endpoint, NOW + OPEN, wanted=9)
    assert (allowed, later) == (1, NOW + OPEN), "one is let through to see"
    for _ in range(20):
        endpoint = failed(endpoint, NOW, "500")
    assert endpoint.open_until == NOW + LONGEST_OPEN
    assert admit(succeeded(endpoint), NOW, wanted=9)[0] == 9


def test_a_disabled_endpoint_is_not_tried() -> None:
    assert admit(gone(Endpoint(receiver="r"), NOW, "410"), NOW, wanted=9)[0] == 0


def test_a_rate_lets_a_burst_through_and_then_one_at_a_time() -> None:
    endpoint, sent, now = Endpoint(receiver="r"), 0, NOW
    for _ in range(120):
        taken, endpoint, later = admit(endpoint, now, wanted=100, rate_per_minute=60)
        sent += taken
        assert later is not None
        assert later > now - SECOND
        now += SECOND
    assert 120 <= sent <= 126

"""Rules, what they make of a story, and when to try a receiver again. Pure; sending is elsewhere."""

from __future__ import annotations

from readthrough.alerts.deliver import deliveries, next_attempt, payload
from readthrough.alerts.match import RuleIndex, judge
from readthrough.alerts.rules import parse_rule, read_rules

__all__ = ["RuleIndex", "deliveries", "judge", "next_attempt", "parse_rule", "payload", "read_rules"]

"""Run benches: `python -m bench`, or `python -m bench reading`."""

from __future__ import annotations

import sys
from itertools import chain

from bench import (
    alerts,
    alerts_delivery,
    cli,
    encoder,
    live,
    memory,
    noise,
    portfolio,
    reading,
    research,
    screen,
    screen_charts,
    stories,
    writing,
)
from bench.results import Group, print_result
from readthrough.cli.kept import Kept, cache_file
from readthrough.domain.lazy import appoint

GROUPS: dict[str, Group] = {
    "cli": cli.run,
    "reading": reading.run,
    "encoder": encoder.run,
    "research": research.run,
    "stories": stories.run,
    "writing": writing.run,
    "live": live.run,
    "alerts": lambda: chain(alerts.run(), alerts_delivery.run()),
    "noise": noise.run,
    "portfolio": portfolio.run,
    "screen": lambda: chain(screen.run(), screen_charts.run()),
    "memory": memory.run,
}


def main(arguments: list[str]) -> int:
    """Run the named groups, or all of them."""
    names = arguments or ["all"]
    unknown = [n for n in names if n != "all" and n not in GROUPS]
    if unknown:
        print(f"no bench group {', '.join(unknown)}; there are: {', '.join(GROUPS)}, all", file=sys.stderr)
        return 2
    kept = Kept(cache_file())  # as the command does: what was compiled before is not compiled again
    appoint(kept)
    for name, group in GROUPS.items():
        if "all" in names or name in names:
            print(f"== {name}")
            for result in group():
                print_result(result)
    kept.save()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

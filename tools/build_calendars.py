"""Write the table of exchange calendars from the facts in exchange_calendars, a package needed for this alone.

Usage: python -m tools.build_calendars, where that package is installed. Facts only: which weekdays an exchange is
shut, when it closes early, its usual hours and its time zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src" / "readthrough" / "universe" / "data" / "calendars.tsv"
FIRST, LAST = date(2014, 1, 1), date(2027, 12, 31)
EXCHANGES = (
    "XNYS XTSE XMEX BVMF XLON XDUB XPAR XAMS XBRU XLIS XETR XSWX XWBO XMIL XMAD XSTO XCSE XHEL XOSL XWAR XIST"
    " XJSE XTKS XKRX XTAI XHKG XSHG XSES XBOM XASX XNZE"
).split()


def main() -> None:
    """Build every calendar and write the table."""
    import exchange_calendars
    import pandas

    lines = ["mic\tzone\topens\tcloses\tshut\tearly"]
    for mic in EXCHANGES:
        calendar = exchange_calendars.get_calendar(mic, start=FIRST.isoformat())
        zone = str(calendar.tz)
        schedule = calendar.schedule
        last = min(LAST, schedule.index[-1].date())
        sessions = {day.date() for day in schedule.index if day.date() <= last}
        weekdays = [d.date() for d in pandas.bdate_range(FIRST, last)]
        opens = schedule["open"].dt.tz_convert(zone).dt.time
        closes = schedule["close"].dt.tz_convert(zone).dt.time
        usual_open, usual_close = opens.iloc[-60:].mode()[0], closes.iloc[-60:].mode()[0]
        early = [
            (day.date(), close)
            for day, close in zip(schedule.index, closes, strict=True)
            if close < usual_close and day.date() <= last
        ]
        shut = _by_year((d, "") for d in weekdays if d not in sessions)
        soon = _by_year((d, f"@{c:%H%M}") for d, c in early if len(early) < 120)
        lines.append(
            "\t".join((mic, zone, f"{usual_open:%H:%M}", f"{usual_close:%H:%M}", f"{last} {shut}", soon))
        )
        extra = sorted(d for d in sessions if d.weekday() >= 5)
        if extra:
            print(mic, "has sessions at weekends, left out:", ", ".join(map(str, extra)))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(lines) - 1} exchanges, {TARGET.stat().st_size:,} bytes")


def _by_year(days: Iterable[tuple[date, str]]) -> str:
    years: dict[int, list[str]] = {}
    for day, suffix in days:
        years.setdefault(day.year, []).append(f"{day:%m%d}{suffix}")
    return " ".join(f"{year}:{','.join(found)}" for year, found in sorted(years.items()))


if __name__ == "__main__":
    main()

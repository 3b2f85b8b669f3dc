"""SEC EDGAR by its own public Atom feed and archive: who we are is declared, ten requests a second at most in all.

The feed of current filings names each filing; its index names its documents; the document that is news (the
press release of an 8-K, the main document otherwise) becomes the body.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from readthrough.domain.errors import SettingsError, SourceError, SourceUnreadable
from readthrough.domain.live import Feed
from readthrough.domain.reading import Problem
from readthrough.feeds.ask import Asking
from readthrough.feeds.asked import refused
from readthrough.feeds.clean import clean_line
from readthrough.feeds.entries import Entry, Shown, entry_of
from readthrough.feeds.extract import extract
from readthrough.feeds.rss import parse_feed

__all__ = ["FORMS", "SITE", "TOTAL_RATE", "show"]

SITE: Final = "https://www.sec.gov"
FORMS: Final = ("8-K", "10-Q", "10-K", "6-K", "SC 13D", "SC 13G", "4")
TOTAL_RATE: Final = {"sec.gov": timedelta(seconds=0.11)}
"""All hosts of the SEC share one turn of nine requests a second; ten are allowed, and its clock is its own."""
EVERY: Final = timedelta(seconds=60)

_MOST: Final = 40
"""Filings fetched in one poll; the feed shows them again at the next."""
_LONGEST_BODY: Final = 120_000
_TITLE: Final = re.compile(
    r"^(?P<form>[^-]{1,12}(?:-[A-Z0-9/]{1,6})?(?:/A)?) - (?P<who>.{1,200}?) \((?P<cik>\d{10})\)"
)
_ACCESSION: Final = re.compile(r"(\d{10}-\d{2}-\d{6})")
_ITEMS: Final = re.compile(r"Item (\d\.\d\d)")
# What each item of an 8-K reports, in our own words.
_MEANS: Final[Mapping[str, str]] = {
    "1.01": "enters a material agreement",
    "1.02": "ends a material agreement",
    "1.03": "files for bankruptcy or receivership",
    "1.05": "reports a material cybersecurity incident",
    "2.01": "completes an acquisition or disposal",
    "2.02": "reports results",
    "2.03": "takes on a material obligation",
    "2.04": "reports an event that speeds up an obligation",
    "2.05": "commits to exit or restructuring costs",
    "2.06": "books a material impairment",
    "3.01": "receives a notice on its listing",
    "3.02": "sells unregistered shares",
    "4.01": "changes its auditor",
    "4.02": "says earlier accounts should not be relied on",
    "5.01": "reports a change of control",
    "5.02": "reports a change of directors or officers",
    "5.03": "changes its charter or fiscal year",
    "5.07": "reports votes of its holders",
    "7.01": "discloses information under Regulation FD",
    "8.01": "reports other events",
}


def show(feed: Feed, asking: Asking, now: datetime) -> Shown:
    """Ask for current filings of the forms that `options["forms"]` lists (all of `FORMS` without).

    Raises:
        SettingsError: Nobody is named who can be reached.
        SourceError: The feed cannot be fetched or read.
    """
    if "@" not in asking.agent and "http" not in asking.agent:
        raise SettingsError(
            "The SEC wants to know who asks, and nobody is named.",
            remedy="Set feeds.contact to an e-mail address that is read.",
        )
    forms = [f.strip() for f in feed.options.get("forms", "").split(",") if f.strip()] or list(FORMS)
    site = feed.address or SITE
    wanted = {part for part in feed.options.get("ciks", "").replace(" ", "").split(",") if part}
    known = set(feed.mark.get("filings") or ())
    entries: list[Entry] = []
    for form in forms:
        listed = _current(site, form, asking, now)
        for one in listed:
            accession = _accession(one)
            if not accession or accession in known or len(entries) >= _MOST:
                continue
            title = _TITLE.match(one.draft.headline) if one.draft else None
            if title is None or (wanted and title["cik"].lstrip("0") not in {w.lstrip("0") for w in wanted}):
                known.add(accession)
                continue
            if "(Reporting)" in (one.draft.headline if one.draft else "") or "(Filed by)" in (
                one.draft.headline if one.draft else ""
            ):
                continue  # the same filing is listed for its subject too
            known.add(accession)
            entries.append(_filing(site, accession, title, one, asking))
    recent = sorted(known)[-4_000:]
    return Shown(entries=tuple(entries), mark={"filings": recent}, wait=EVERY, title="SEC EDGAR")


def _current(site: str, form: str, asking: Asking, now: datetime) -> tuple[Entry, ...]:
    query = urlencode(
        {"action": "getcurrent", "type": form, "owner": "include", "count": "100", "output": "atom"}
    )
    answer = asking.get(f"{site}/cgi-bin/browse-edgar?{query}")
    if not answer.ok:
        raise refused(answer, now)
    return parse_feed(answer.body, url=answer.url, charset=answer.headers.get("content-type", "")).entries


def _accession(entry: Entry) -> str:
    found = _ACCESSION.search(entry.key) or _ACCESSION.search(entry.page)
    return found.group(1) if found else ""


def _filing(site: str, accession: str, title: re.Match[str], shown: Entry, asking: Asking) -> Entry:
    assert shown.draft is not None
    form, who = title["form"].strip(), clean_line(title["who"])
    means = [_MEANS[i] for i in dict.fromkeys(_ITEMS.findall(shown.draft.body)) if i in _MEANS]
    told = f": {', '.join(means[:3])}" if means else ""
    folder = f"{site}/Archives/edgar/data/{int(title['cik'])}/{accession.replace('-', '')}"
    draft = replace(
        shown.draft, headline=f"{who} files {form}{told}"[:500], source="SEC EDGAR", external_id=accession
    )
    try:
        document, url = _document(folder, form, asking)
        body = _text(document, url, asking)
        draft = replace(
            draft,
            body=body[:_LONGEST_BODY],
            url=url if urlsplit(url).scheme in ("http", "https") else draft.url,
        )
    except (SourceError, ValueError) as error:
        words = error.message if isinstance(error, SourceError) else str(error)
        draft = replace(draft, problems=(*draft.problems, Problem(code="headline_only", detail=words[:300])))
    return entry_of(accession, draft)


def _document(folder: str, form: str, asking: Asking) -> tuple[bytes, str]:
    index = asking.get(f"{folder}/index.json")
    if not index.ok:
        raise SourceUnreadable(
            f"The filing's index answered with status {index.status}.", remedy="It is tried again."
        )
    listed: Any = json.loads(index.body)
    names = [str(item.get("name", "")) for item in listed["directory"]["item"] if isinstance(item, dict)][
        :500
    ]
    name = _chosen(names, form)
    if not name:
        raise SourceUnreadable("The filing has no document that can be read.", remedy="Open it at the SEC.")
    answer = asking.get(f"{folder}/{name}")
    if not answer.ok:
        raise SourceUnreadable(
            f"The filing's document answered with status {answer.status}.", remedy="It is tried again."
        )
    return answer.body, answer.url


def _chosen(names: list[str], form: str) -> str:
    """The press release of a report of events, the main document of anything else."""
    plain = [
        n
        for n in names
        if re.fullmatch(r"[\w.-]{1,120}\.(?:html?|txt|xml|pdf)", n) and "index" not in n.lower()
    ]
    if form.startswith(("8-K", "6-K")):
        release = next((n for n in plain if re.search(r"ex-?_?99|dex99|exhibit99", n.lower())), "")
        if release:
            return release
    if form == "4":
        return next((n for n in plain if n.endswith(".xml")), "")
    pages = [
        n for n in plain if n.endswith((".htm", ".html")) and not re.search(r"ex-?_?\d|^r\d+\.htm", n.lower())
    ]
    return (pages or [n for n in plain if n.endswith((".htm", ".html", ".txt"))] or [""])[0]


def _text(raw: bytes, url: str, asking: Asking) -> str:
    if url.endswith(".xml"):
        from readthrough.feeds.ownership import read_ownership

        return read_ownership(raw)
    limits = replace(asking.limits, max_characters=max(asking.limits.max_characters, 5_000_000))
    return extract(raw, limits=limits, what=repr(url), url=url).body

"""Names that stand beside the news: a former job, a page on a platform, a book, a likeness, where a figure comes from."""

from __future__ import annotations

from typing import Final

from readthrough.universe.names import Tokens

__all__ = ["is_bystander", "is_origin"]

_FORMER: Final = frozenset("former ex onetime erstwhile formerly previously retired early longtime".split())
_WORKED: Final = frozenset("worked works working served interned veteran alumnus alumni alum alums".split())
_ONCE: Final = frozenset("once previously formerly recently earlier last then".split())
_RAN: Final = frozenset("ran led headed managed chaired oversaw steered founded advised".split())
_OFFICES: Final = frozenset(
    "ceo cfo coo cto chief chairman chairwoman chair president executive executives exec execs director engineer engineers "
    "employee employees manager banker bankers trader traders partner analyst economist strategist head officer "
    "lawyer investor investors adviser advisor researcher designer scientist boss vp lobbyist".split()
)
_HIRED: Final = frozenset(
    "appoint appoints appointed hire hires hired hiring poach poaches poached poaching recruit recruits recruited "
    "lure lures lured tap taps tapped name names named come comes came joins joined".split()
)
_FOUNDERS: Final = frozenset(
    "founder founders co-founder cofounder cofounders veteran veterans alum alumnus alumni".split()
)
_PLATFORMS: Final = frozenset(
    "facebook twitter instagram youtube linkedin snapchat tiktok whatsapp reddit weibo wechat google pinterest "
    "telegram flickr tumblr kickstarter twitch medium zillow yelp".split()
)
# what a platform's name stands before when only something on the platform is meant
_PLACES: Final = frozenset(
    "page pages post posts posting postings tweets account accounts handle hashtag feed video videos user followers engagement doodle "
    "search searches message messages comment comments thread chat tweet poll stories profile profiles presence rant "
    "spat storm live campaign crusade exchange livestream group trends conversation clip vlogger star".split()
)
_SAID_ON: Final = frozenset("twitter instagram linkedin reddit tiktok tumblr".split())
_PAID: Final = frozenset("ad ads advertise advertising spend spent spending sell sells".split())
_ON: Final = frozenset("on via over to through".split())
_ENDS: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday that this late early in after last at and with to for "
    "from about where when earlier yesterday today on by account page as following over".split()
)
_LIKENESS: Final = frozenset("like style esque type inspired for".split())
_TITLED: Final = frozenset(
    "book books novel memoir documentary film movie entitled titled author authors".split()
)
_QUOTES: Final = "“\"‘'"
_ORIGINS: Final = frozenset(
    "study studies survey surveys data research index estimates gauge barometer poll".split()
)
_GIVEN: Final = frozenset("from by compiled conducted provided".split())
_TRADES: Final = frozenset(
    "research consultant consultants consultancy firm researcher tracker company bank".split()
)
_OWN: Final = frozenset(
    "earnings results profit profits sales revenue quarterly obtained stolen leaked breach user users personal "
    "customer collected trial clinical deleted phase".split()
)


def is_bystander(tokens: Tokens, first: int, end: int) -> bool:
    """Tell whether a name says only where somebody was, what somebody wrote on, or what something is like.

    Such a name links where the article names its issuer in another way as well, and not by itself.
    """
    return (
        _past_job(tokens, first, end)
        or _hired_from(tokens, first)
        or _place(tokens, first, end)
        or _likeness(tokens, first, end)
        or _title(tokens, first)
    )


def is_origin(tokens: Tokens, first: int) -> bool:
    """Tell whether a study, an index or data "from", "by" the name is what the sentence gives.

    >>> from readthrough.domain.article import Span
    >>> from readthrough.universe.names import tokens_of
    >>> words = "He cited a study from Magna that said so."
    >>> is_origin(tokens_of(words, Span(0, len(words))), 5)
    True
    """
    keys, i = tokens.keys, first - 1
    while i > 0 and keys[i] in _TRADES and first - i <= 3:
        i -= 1
    if i < 1 or keys[i] not in _GIVEN:
        return False
    while i > 1 and keys[i] in _GIVEN:
        i -= 1
    before = keys[max(0, i - 4) : i + 1]
    told = keys[i] in _ORIGINS or (keys[i] == "report" and keys[first - 1] != "from")
    return told and _OWN.isdisjoint(before)


def _past_job(tokens: Tokens, first: int, end: int) -> bool:
    keys = tokens.keys
    after, before = keys[end : end + 4], keys[max(0, first - 9) : first]
    last = before[-1] if before else ""
    if last in _FORMER and not _OFFICES.isdisjoint(after):
        return True
    if last in _RAN and before[-2:-1] != [] and before[-2] in _ONCE:
        return True  # "who once ran Walmart's stores"
    if after[:1] and after[0] in _FOUNDERS:
        return True
    if last in {"of", "at", "with", "for"}:
        if not _FORMER.isdisjoint(before) and not _OFFICES.isdisjoint(before):
            return _comma_free(tokens, first)
        return before[-2:-1] != [] and before[-2] in _WORKED and before[-3:-2] not in (["also"], ["are"])
    return (
        last in {"a", "an"}
        and after[:1] != []
        and after[0] in {"chairman", "veteran", "director", "investor"}
    )


def _hired_from(tokens: Tokens, first: int) -> bool:
    """ "Appointed three executives from Barclays, YouTube and CBOE": where those who were hired came from."""
    i = first - 1
    while i > 0 and (tokens.raws[i][0].isupper() or tokens.keys[i] in {"and", "the"}) and first - i <= 10:
        i -= 1
    if i < 1 or tokens.keys[i] not in {"from", "at"}:
        return False
    before = tokens.keys[max(0, i - 9) : i]
    return not _HIRED.isdisjoint(before) and not _OFFICES.isdisjoint(before)


def _comma_free(tokens: Tokens, first: int) -> bool:
    """ "Former head of research at Apple": the job and the company stand in one stretch."""
    for i in range(first - 2, max(-1, first - 10), -1):
        if tokens.keys[i] in _FORMER:
            return True
        if "," in tokens.gap(i) or tokens.keys[i] in {"who", "and", "said"}:
            return False
    return False


def _place(tokens: Tokens, first: int, end: int) -> bool:
    keys = tokens.keys
    if end - first > 1 or tokens.stems[first] not in _PLATFORMS:
        return False
    gap = tokens.gap(end - 1) if end < len(keys) else ""
    if gap == " " and keys[end] in _PLACES:
        return True
    following = keys[end] if end < len(keys) else ""
    closed = gap != " " or following in _ENDS or not following
    if first and keys[first - 1] in _ON and closed and keys[first] != "google":
        return True
    if keys[first] in _SAID_ON and first > 1 and keys[first - 1] == "on" and _PAID.isdisjoint(keys[:first]):
        return True  # "described on Twitter hearing shots"
    # "Favreau's Instagram has": a person's own page
    return (
        bool(first)
        and keys[first] != "google"
        and _owned(tokens, first)
        and tokens.raws[first - 1][0].isupper()
    )


def _owned(tokens: Tokens, first: int) -> bool:
    return tokens.gap(first - 1) == " " and tokens.stems[first - 1] is not tokens.keys[first - 1]


def _likeness(tokens: Tokens, first: int, end: int) -> bool:
    keys = tokens.keys
    if end < len(keys) and tokens.gap(end - 1) in ("-", "\u2010", "\u2011"):
        return keys[end] in _LIKENESS
    if first and keys[first - 1] in {"a", "its", "this", "called"} and keys[end : end + 1] == ["for"]:
        return keys[end + 1 : end + 2] not in (["$"], ["the"])  # "a Netflix for games"
    if first and keys[first - 1] in {"a", "its"} and keys[end : end + 1] == ["of"]:
        return True  # "its ‘Netflix of games’ service"
    if first < 2 or keys[first - 1] not in {"the", "next"}:
        return False
    return (
        end < len(keys)
        and keys[end] in {"of", "for"}
        and keys[first - 2] in {"the", "called", "as", "become"}
    )


def _title(tokens: Tokens, first: int) -> bool:
    """ "The book “The Microsoft Case”": the name is one of at most four words from the quotation mark."""
    for i in range(first, max(-1, first - 5), -1):
        if i and tokens.gap(i - 1)[-1:] in tuple(_QUOTES):
            return not _TITLED.isdisjoint(tokens.keys[max(0, i - 4) : i])
        if not tokens.raws[i][0].isupper() and i != first and len(tokens.raws[i]) > 3:
            return False
    return False

"""Where the rooms meet: the journey, the building of it from settings, and the questions asked of it.

open.py
    open_desk(settings: Settings, *, clock: Clock = now_utc, store: Store | None = None, hooks=()) -> Desk
    Desk: settings, clock, hooks, hub (streaming.local.LiveHub); built on first use: universe, playbooks,
        store, stories, holdings, rules, receivers, engine; refresh(), publish(), close(); a context manager.
flow.py
    analyze(item, *, universe, playbooks, now, holdings=None, stories=None) -> Note    keeps nothing
    process(desk, item: Article | Draft) -> NoteDocument    stores, judges, publishes; idempotent
    process_many(desk, items) -> Iterator[Outcome]    Outcome(item, document | None, error | None)
    A feed's draft becomes an article by draft.to_article(received_at).
intake.py    what the edges need from feeds and portfolio; they import neither
    fetch(desk, source, *, stdin=None) -> Draft, limits_of(settings.fetch) -> Limits
    note_of(desk, draft, *, holdings=None) -> NoteDocument    keeps nothing
    read_portfolio(desk, path, *, name="") -> Portfolio
    Also Draft, Limits, HoldingsIndex, read_holdings, read_rules, parse_rule, and for JSON lines lines_of,
    line_id, read_line, GZIP_MARK.
deliver.py
    deliver_due(desk, now, *, limit=100) -> int    attempts made
    start_delivery(desk) -> Callable[[], None]    a thread that delivers; call the result to stop it
ask.py
    latest_notes(desk, *, limit=50, before=None, ticker=None, as_of=None) -> list[NoteDocument]
    note(desk, note_id, *, as_of=None) -> NoteDocument | None
    article(desk, article_id, *, as_of=None) -> Article | None
    alerts(desk, *, limit=50, before=None) -> list[Alert]
    explain_alert(desk, alert_id) -> AlertStory | None    AlertStory(alert, note, deliveries)
    answer(desk, question, *, limit=5, as_of=None) -> Answer    research.answer.Answer
    portfolios(desk) -> list[Portfolio]
    rules(desk) -> list[Rule]
books.py    the next article meets the change
    save_portfolio(desk, portfolio), delete_portfolio(desk, portfolio_id) -> bool
    save_rule(desk, rule), delete_rule(desk, rule_id) -> bool
documents.py    JSON types, for the API, the pages and --json
    alert_document, alert_story_document, rule_document, portfolio_document, answer_document

Everything is synchronous and may be called from any thread; async callers use a thread.
"""

"""Server-rendered pages: feed, note, alerts, ask. Little script, no assets from elsewhere."""

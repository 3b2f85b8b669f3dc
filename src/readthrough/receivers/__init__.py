"""Where alerts go: one file per kind, each with one class and one `send`."""

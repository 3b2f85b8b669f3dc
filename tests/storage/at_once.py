"""Several processes that start beside one empty database."""

from __future__ import annotations

import threading

from readthrough.storage.open import open_store


def failures_of_setting_up(url: str) -> list[BaseException]:
    """Open and close the store from four threads at once, and return what was raised."""
    failures: list[BaseException] = []

    def work() -> None:
        try:
            open_store(url).close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures

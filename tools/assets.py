"""Fetch what browsers run that is not ours, as package-lock.json pins it, into the package. `make assets` runs this.

Nothing of it is committed. Without Node the desk works all the same: tables come rendered by the server.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["fetch"]

ROOT = Path(__file__).parent.parent
VENDOR = ROOT / "src/readthrough/web/static/vendor"
WANTED = {
    "ag-grid-community/dist/ag-grid-community.min.noStyle.js": "ag-grid-community.min.js",
    "ag-grid-community/styles/ag-grid.min.css": "ag-grid.css",
    "ag-grid-community/LICENSE.txt": "ag-grid-community.LICENSE.txt",
}


def fetch() -> bool:
    """Install by the lock, without running any package's own scripts, and copy what is wanted."""
    npm = shutil.which("npm")
    if npm is None:
        print("npm is missing: the grid of holdings stays a plain table, and axe-core's checks are skipped.")
        return False
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603
    VENDOR.mkdir(exist_ok=True)
    for source, name in WANTED.items():
        found = ROOT / "node_modules" / source
        if not found.is_file():
            sys.exit(f"{source} is not where it was: look at package.json and tools/assets.py.")
        shutil.copyfile(found, VENDOR / name)
    print(f"Fetched into {VENDOR.relative_to(ROOT)}: {', '.join(sorted(WANTED.values()))}")
    return True


if __name__ == "__main__":
    fetch()

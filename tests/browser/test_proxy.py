"""Behind a real nginx under a path, two web processes over one database: signing in, deep links, the stream."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from readthrough.desk.accounts import Accounts
from readthrough.desk.open import open_desk
from readthrough.desk.screen import account_store
from readthrough.domain.account import MAIN, Role
from readthrough.settings import load_settings

from .conftest import Watched

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
PREFIX = "/research"
PASSWORD = "nine grey boats at noon"
NEWS = {
    "headline": "Nvidia cuts its outlook on weak demand",
    "body": "Nvidia cut its revenue outlook by 12% on Monday, citing weak demand. Shares fell 6%.",
    "source": "Wire",
}
CONFIG = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
master_process off;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  upstream desks {{ {servers} }}
  server {{
    listen 127.0.0.1:{port};
    location {prefix}/ {{
      proxy_pass http://desks;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_read_timeout 60s;
    }}
  }}
}}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def started(home: Path, stack: ExitStack) -> str:
    """Start a web process; it is asked to end with the stack."""
    process = subprocess.Popen(
        [sys.executable, "-m", "readthrough.cli.main", "serve", "--port", "0"],
        env={
            "READTHROUGH_HOME": str(home),
            "READTHROUGH_SERVE__PATH_PREFIX": PREFIX,
            "READTHROUGH_ACCOUNTS__REQUIRED": "true",
            "READTHROUGH_ACCOUNTS__HTTPS": "false",
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    stack.callback(ended, process)
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r"Serving on http://(\S+)", line):
            return found.group(1)
    raise AssertionError("the web process ended before it listened")


def ended(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stderr is not None:
        process.stderr.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """Give the public address and the web processes' own."""
    if NGINX is None:
        pytest.skip("nginx is not installed: apt-get install nginx-light")
    folder = tmp_path_factory.mktemp("proxy")
    settings = load_settings(flags={"home": str(folder)}, environ={})
    with open_desk(settings) as desk:
        accounts = Accounts(account_store(desk), settings.accounts, desk.clock, home=settings.home_folder)
        accounts.add_person(MAIN, login="ana@firm.example", name="Ana", role=Role.ADMIN, password=PASSWORD)
    with ExitStack() as stack:
        servers = [started(folder, stack) for _ in range(2)]
        port = free_port()
        config = folder / "nginx.conf"
        named = " ".join(f"server {server};" for server in servers)
        config.write_text(CONFIG.format(folder=folder, port=port, servers=named, prefix=PREFIX), "utf-8")
        nginx = subprocess.Popen(
            [NGINX, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(config)],
            stderr=subprocess.PIPE,
            text=True,
        )
        stack.callback(ended, nginx)
        address = f"http://127.0.0.1:{port}"
        for _ in range(100):
            try:
                httpx.get(f"{address}{PREFIX}/healthz", timeout=5)
                break
            except httpx.TransportError:
                assert nginx.poll() is None, (folder / "error.log").read_text("utf-8")
                time.sleep(0.05)
        yield address, servers


def test_a_deep_link_leads_back_after_signing_in(browser: Browser, site: tuple[str, list[str]]) -> None:
    address, servers = site
    context = browser.new_context(viewport={"width": 1600, "height": 900})
    watched = Watched(context, address)
    page = watched.go(f"{PREFIX}/?sign=negative&ticker=NVDA")
    assert page.url.startswith(f"{address}{PREFIX}/sign-in?next="), page.url
    page.fill("input[name=login]", "ana@firm.example")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url == f"{address}{PREFIX}/?sign=negative&ticker=NVDA")
    page.wait_for_selector(".live[data-state=live]")
    cookies = {c["name"]: c["value"] for c in context.cookies()}
    token = page.get_attribute("meta[name=csrf]", "content") or ""
    # Told to each process in turn: the page listens to one of the two, and must see both.
    for n, server in enumerate(servers):
        with httpx.Client(base_url=f"http://{server}{PREFIX}", cookies=cookies, timeout=60) as client:
            sent = {**NEWS, "headline": f"{NEWS['headline']}, part {n}", "body": f"{NEWS['body']} Part {n}."}
            answer = client.post("/api/v1/articles", json=sent, headers={"x-csrf-token": token})
            assert answer.status_code == 200, answer.text
            page.wait_for_selector(f"tr[data-story='{answer.json()['story']['id']}']")
    page.locator(".feed tbody tr a").first.click()
    page.wait_for_url(f"{address}{PREFIX}/notes/*")
    for link in page.locator("a[href^='/']").all():
        assert (link.get_attribute("href") or "").startswith(f"{PREFIX}/"), link.get_attribute("href")
    for path in (
        "/tickers/NVDA",
        "/portfolios?all=1",
        "/alerts",
        "/admin/audit",
        "/account",
        "/ask?q=outlook",
    ):
        assert watched.go(PREFIX + path).locator("h1").count() == 1, path
        assert page.url == address + PREFIX + path
    page.go_back()
    page.wait_for_url(f"{address}{PREFIX}/account")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{address}{PREFIX}/sign-in")
    watched.go(f"{PREFIX}/alerts")
    assert page.url.startswith(f"{address}{PREFIX}/sign-in?next="), page.url
    assert watched.faults == []
    context.close()

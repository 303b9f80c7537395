"""The schedulers of docs/schedule.md, for real: what the page says is put in place and begins a run."""

import importlib.util
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

Needs = Callable[[str, object], None]
ROOT = Path(__file__).resolve().parent.parent.parent
BLOCK = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```$', re.M | re.S)
PLACE = "/srv/corpus"
PAGE = "青石桥的图书馆昨天重新开门，馆长何远舟说，读者可以借到新买的三千册书。\n" * 3


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The folder of the page, with its files, an environment and a page to read."""
    for title, text in BLOCK.findall((ROOT / "docs/schedule.md").read_text("utf-8")):
        file = tmp_path / title
        file.parent.mkdir(exist_ok=True)
        file.write_text(text.replace(PLACE, str(tmp_path)), encoding="utf-8")
    scripts = tmp_path / ".venv/bin"
    scripts.mkdir(parents=True)
    (scripts / "scrapy").write_text(
        f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m scrapy "$@"\n', encoding="utf-8"
    )
    (scripts / "scrapy").chmod(0o755)
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = pipeline.crawl.settings\n", encoding="utf-8")
    (tmp_path / "incoming").mkdir()
    (tmp_path / "incoming/a.txt").write_text(PAGE, encoding="utf-8")
    return tmp_path


def manifest(corpus: Path, run: int, seconds: float = 60) -> dict[str, object]:
    """The manifest of a run, once it has ended."""
    path = corpus / f"state/manifests/{run:06}.json"
    until = time.monotonic() + seconds
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.1)
    found: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return found


def articles(corpus: Path) -> list[str]:
    """The sources of the articles in the shards."""
    shards = sorted((corpus / "state/articles").glob("0*.jsonl"))
    return [json.loads(row)["source"] for shard in shards for row in shard.read_text("utf-8").splitlines()]


def test_cron_begins_a_run(corpus: Path, needs: Needs) -> None:
    """A cron of its own, in a place where it sees no other crontab, runs the line of the page as soon as it starts."""
    cron = shutil.which("cron", path="/usr/sbin:/usr/bin")
    needs("cron", cron and os.geteuid() == 0 and shutil.which("unshare"))
    line = (corpus / "seedsift.cron").read_text(encoding="utf-8").replace("15 2 * * *", "@reboot root")
    for name in ("cron.d", "spool", "run"):
        (corpus / name).mkdir()
    (corpus / "cron.d/seedsift").write_text(line, encoding="utf-8")
    (corpus / "crontab").write_text("", encoding="utf-8")
    places = {"cron.d": "/etc/cron.d", "spool": "/var/spool/cron/crontabs", "crontab": "/etc/crontab", "run": "/run"}
    mounts = " && ".join(f"mount --bind {corpus / name} {place}" for name, place in places.items())
    running = subprocess.Popen(
        ["unshare", "--mount", "sh", "-c", f"{mounts} && exec {cron} -f"], stderr=subprocess.PIPE, encoding="utf-8"
    )
    try:
        time.sleep(0.5)
        needs("cron", running.poll() is None)  # it cannot have a mount of its own everywhere
        found = manifest(corpus, 1)
    finally:
        running.terminate()
        running.communicate()
    assert (found["state"], found["exit_code"]) == ("finished", 0)
    assert articles(corpus) == ["a.txt"]
    assert "run 1: new: 1 page, 1 article" in (corpus / "nightly.log").read_text(encoding="utf-8")


def test_systemd_accepts_the_units(corpus: Path, needs: Needs) -> None:
    """systemd-analyze finds nothing wrong in the service and the timer."""
    needs("systemd-analyze", shutil.which("systemd-analyze"))
    units = [str(corpus / name) for name in ("seedsift.service", "seedsift.timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_logrotate_accepts_its_file(corpus: Path, needs: Needs) -> None:
    """The file of the page is read without a complaint."""
    logrotate = shutil.which("logrotate", path="/usr/sbin:/usr/bin")
    needs("logrotate", logrotate)
    asked = [str(logrotate), "--debug", str(corpus / "seedsift.logrotate")]
    done = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0
    assert "error" not in done.stderr


@contextmanager
def scrapyd(corpus: Path, items: str = "") -> Iterator[str]:
    """A scrapyd with the page's configuration, on a free port of loopback; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    text = (corpus / "scrapyd.conf").read_text(encoding="utf-8").replace("items_dir =", f"items_dir = {items}")
    (corpus / "scrapyd.conf").write_text(f"{text}http_port = {port}\npoll_interval = 0.2\n", encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (corpus / "scrapyd.log").open("wb") as log:
        command = [sys.executable, "-m", "scrapyd"]
        running = subprocess.Popen(command, cwd=corpus, env=env, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            if "Site starting on" in (corpus / "scrapyd.log").read_text(encoding="utf-8"):
                break
            time.sleep(0.1)
        yield address
    finally:
        running.terminate()
        running.wait()


def asked(
    address: str, body: bytes | None = None, kind: str = "application/x-www-form-urlencoded"
) -> dict[str, object]:
    """The answer of one of scrapyd's services."""
    request = urllib.request.Request(address, data=body, headers={"Content-Type": kind} if body else {})
    with urllib.request.urlopen(request, timeout=60) as answer:
        found: dict[str, object] = json.load(answer)
    assert found["status"] == "ok", found
    return found


def deploy(corpus: Path, address: str) -> None:
    """Build the egg as the page says, and give it to scrapyd."""
    (corpus / "nightly/__init__.py").write_text("", encoding="utf-8")
    shutil.copy(corpus / "chain.yaml", corpus / "nightly")
    command = [sys.executable, "-W", "ignore", "setup.py", "-q", "bdist_egg"]
    subprocess.run(command, cwd=corpus, check=True, capture_output=True)
    [egg] = (corpus / "dist").glob("*.egg")
    head = 'Content-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    parts = [head.format(name, value).encode() for name, value in (("project", "nightly"), ("version", "1"))]
    parts.append(b'Content-Disposition: form-data; name="egg"; filename="egg"\r\n\r\n' + egg.read_bytes() + b"\r\n")
    body = b"--limit\r\n" + b"--limit\r\n".join(parts) + b"--limit--\r\n"
    asked(f"{address}/addversion.json", body, "multipart/form-data; boundary=limit")


def schedule(corpus: Path, address: str) -> str:
    """Let scrapyd run the spider, and wait until it calls the job finished; its log, which has the exit code."""
    wanted = {"project": "nightly", "spider": "localseeds", "path": str(corpus / "incoming")}
    query = urllib.parse.urlencode({**wanted, "setting": f"STATE={corpus / 'state'}"})
    job = asked(f"{address}/schedule.json", query.encode())["jobid"]
    for _ in range(600):
        if asked(f"{address}/status.json?project=nightly&job={job}")["currstate"] == "finished":
            break
        time.sleep(0.1)
    return (corpus / "scrapyd.log").read_text(encoding="utf-8")


def test_scrapyd_runs_the_egg(corpus: Path, needs: Needs) -> None:
    """Deployed and scheduled over HTTP: articles, a manifest, the exit code; a second job finds nothing new."""
    needs("scrapyd", importlib.util.find_spec("scrapyd"))
    with scrapyd(corpus) as address:
        deploy(corpus, address)
        log = schedule(corpus, address)
        assert "Process finished" in log
        found = manifest(corpus, 1, seconds=0)
        assert (found["state"], found["exit_code"]) == ("finished", 0)
        assert articles(corpus) == ["a.txt"]
        (corpus / "incoming/gone.txt").symlink_to(corpus / "nothing")
        assert "exitstatus=5" in schedule(corpus, address)
    assert manifest(corpus, 2, seconds=0)["exit_code"] == 5
    assert articles(corpus) == ["a.txt"]


def test_scrapyd_with_items_of_its_own_is_refused(corpus: Path, needs: Needs) -> None:
    """With items_dir set, the run does not begin, says why, and leaves no state behind."""
    needs("scrapyd", importlib.util.find_spec("scrapyd"))
    with scrapyd(corpus, items="items") as address:
        deploy(corpus, address)
        log = schedule(corpus, address)
    assert "exitstatus=2" in log
    assert "a run with a state writes shards in the state folder and nothing else" in log
    assert not (corpus / "state").exists()

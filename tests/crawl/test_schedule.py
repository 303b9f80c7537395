"""The schedulers of docs/schedule.md, for real: what the page says is put in place and begins a run."""

import gzip
import importlib.util
import json
import os
import random
import re
import shlex
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
from typing import Any

import pytest

from benchmarks.interruptions import corpora

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


def manifest(corpus: Path, run: int, seconds: float = 60) -> dict[str, Any]:
    """The manifest of a run, once it has ended."""
    path = corpus / f"state/manifests/{run:06}.json"
    until = time.monotonic() + seconds
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.1)
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def articles(corpus: Path) -> list[str]:
    """The sources of the articles in the shards."""
    shards = sorted((corpus / "state/articles").glob("0*.jsonl"))
    return [json.loads(row)["source"] for shard in shards for row in shard.read_text("utf-8").splitlines()]


MAIL = """#!/bin/sh
cat >{corpus}/.mail && mv {corpus}/.mail {corpus}/mail
"""


def one_night(corpus: Path, needs: Needs, done: Callable[[], bool]) -> None:
    """Let a cron of its own, in a place where it sees no other crontab, run the line of the page once, until done."""
    cron = shutil.which("cron", path="/usr/sbin:/usr/bin")
    needs("cron", cron and os.geteuid() == 0 and shutil.which("unshare"))
    line = (corpus / "seedsift.cron").read_text(encoding="utf-8").replace("15 2 * * *", "@reboot root")
    for name in ("cron.d", "spool", "run", "sbin"):
        shutil.rmtree(corpus / name, ignore_errors=True)
        (corpus / name).mkdir()
    (corpus / "cron.d/seedsift").write_text(line, encoding="utf-8")
    (corpus / "crontab").write_text("", encoding="utf-8")
    shutil.copy(str(cron), corpus / "sbin/cron")
    (corpus / "sbin/sendmail").write_text(MAIL.format(corpus=corpus), encoding="utf-8")
    (corpus / "sbin/sendmail").chmod(0o755)
    places = {"cron.d": "/etc/cron.d", "spool": "/var/spool/cron/crontabs", "crontab": "/etc/crontab", "run": "/run"}
    places["sbin"] = "/usr/sbin"  # where cron looks for what sends its mail
    mounts = " && ".join(f"mount --bind {corpus / name} {place}" for name, place in places.items())
    running = subprocess.Popen(
        ["unshare", "--mount", "sh", "-c", f"{mounts} && exec /usr/sbin/cron -f"],
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        time.sleep(0.5)
        needs("cron", running.poll() is None)  # it cannot have a mount of its own everywhere
        until = time.monotonic() + 60
        while not done() and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        running.terminate()
        running.communicate()


def test_cron_begins_a_run(corpus: Path, needs: Needs) -> None:
    """The line of the page as it stands: articles, a manifest, the exit status 0, and what it said in the log."""
    one_night(corpus, needs, (corpus / "state/manifests/000001.json").exists)
    found = manifest(corpus, 1, seconds=0)
    assert (found["state"], found["exit_code"]) == ("finished", 0)
    assert articles(corpus) == ["a.txt"]
    assert "run 1: new: 1 page, 1 article" in (corpus / "nightly.log").read_text(encoding="utf-8")
    assert not (corpus / "mail").exists()


def test_cron_mails_an_exit_code_that_is_not_0(corpus: Path, needs: Needs) -> None:
    """The mail has the exit status and what this night said, no earlier one; the manifest has the same status."""
    (corpus / "nightly.log").write_text("earlier nights\n", encoding="utf-8")
    (corpus / "incoming/gone.txt").symlink_to(corpus / "nothing")
    one_night(corpus, needs, (corpus / "mail").exists)
    mail = (corpus / "mail").read_text(encoding="utf-8")
    assert "\n\nexit code 5\n" in mail
    assert mail.rstrip().endswith("state: run 1: new: 1 page, 1 article, 1 input unread; 0 inputs unchanged; exit 5")
    assert "earlier nights" not in mail
    assert manifest(corpus, 1, seconds=0)["exit_code"] == 5
    [said] = (kept for kept in mail.split("exit code 5\n")[1:])
    assert (corpus / "nightly.log").read_text(encoding="utf-8") == f"earlier nights\n{said}"
    assert not list(corpus.glob("night.*"))


def test_systemd_accepts_the_units(corpus: Path, needs: Needs) -> None:
    """systemd-analyze finds nothing wrong in the service and the timer."""
    needs("systemd-analyze", shutil.which("systemd-analyze"))
    units = [str(corpus / name) for name in ("seedsift.service", "seedsift.timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_service_begins_a_run(corpus: Path) -> None:
    """What the unit names is started as systemd does, without a shell and environment; its exit status is the run's."""
    unit = dict(
        line.split("=", 1) for line in (corpus / "seedsift.service").read_text("utf-8").splitlines() if "=" in line
    )
    status = subprocess.call(
        shlex.split(unit["ExecStart"]), cwd=unit["WorkingDirectory"], env={}, stderr=subprocess.DEVNULL
    )
    assert (status, manifest(corpus, 1, seconds=0)["exit_code"], articles(corpus)) == (0, 0, ["a.txt"])


def test_logrotate_puts_the_log_aside(corpus: Path, needs: Needs) -> None:
    """By the file of the page: the next run begins one of its own, and the old log is compressed a month later."""
    logrotate = shutil.which("logrotate", path="/usr/sbin:/usr/bin")
    needs("logrotate", logrotate)
    (corpus / "nightly.log").write_text("state: run 1: new\n", encoding="utf-8")
    asked = [str(logrotate), "--force", "--state", str(corpus / "rotated"), str(corpus / "seedsift.logrotate")]
    subprocess.run(asked, check=True)
    assert not (corpus / "nightly.log").exists()
    assert (corpus / "nightly.log.1").read_text(encoding="utf-8") == "state: run 1: new\n"
    (corpus / "nightly.log").write_text("state: run 2: new\n", encoding="utf-8")
    done = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert gzip.decompress((corpus / "nightly.log.2.gz").read_bytes()) == b"state: run 1: new\n"


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


def begin(corpus: Path, address: str) -> object:
    """Let scrapyd run the spider; the job."""
    wanted = {"project": "nightly", "spider": "localseeds", "path": str(corpus / "incoming")}
    query = urllib.parse.urlencode({**wanted, "setting": f"STATE={corpus / 'state'}"})
    return asked(f"{address}/schedule.json", query.encode())["jobid"]


def ended(corpus: Path, address: str, job: object) -> str:
    """Wait until scrapyd calls a job finished; its log, which has the exit code."""
    for _ in range(600):
        if asked(f"{address}/status.json?project=nightly&job={job}")["currstate"] == "finished":
            break
        time.sleep(0.1)
    return (corpus / "scrapyd.log").read_text(encoding="utf-8")


def schedule(corpus: Path, address: str) -> str:
    """Both of it."""
    return ended(corpus, address, begin(corpus, address))


def test_scrapyd_cancels_a_job_and_the_next_one_goes_on(corpus: Path, needs: Needs) -> None:
    """The job that is cancelled ends with 130, and its manifest says so; the next brings every page, each once."""
    needs("scrapyd", importlib.util.find_spec("scrapyd"))
    pages = corpora(random.Random(1))["short"].pages
    for name, text in pages.items():
        (corpus / "incoming" / name).write_bytes(text)
    with scrapyd(corpus) as address:
        deploy(corpus, address)
        job = begin(corpus, address)
        while (
            not list((corpus / "state/articles").glob("*.part"))
            and not (corpus / "state/manifests/000001.json").exists()
        ):
            time.sleep(0.01)
        asked(f"{address}/cancel.json", urllib.parse.urlencode({"project": "nightly", "job": job}).encode())
        assert "exitstatus=130" in ended(corpus, address, job)
        assert manifest(corpus, 1, seconds=0)["exit_code"] == 130
        schedule(corpus, address)
    found = manifest(corpus, 1, seconds=0)
    assert (found["state"], found["exit_code"], found["attempts"]) == ("finished", 0, 2)
    assert found["counts"]["chain/pages"] == len(pages) + 1


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

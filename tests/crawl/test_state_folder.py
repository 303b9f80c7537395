"""Which folder is the state of a run, from wherever it is begun, and which names can be none."""

from pathlib import Path

import pytest

from pipeline.crawl.addon import state_folder
from pipeline.errors import SeedsiftError


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A project with a folder in it, where commands are given."""
    (tmp_path / "scrapy.cfg").touch()
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    return tmp_path


def test_a_configured_state_is_that_of_the_project(place, monkeypatch):
    """A run that is begun in another folder of the project does not begin with another, empty state."""
    assert state_folder(None, "state/") == place / "state"
    monkeypatch.chdir(place)
    assert state_folder(None, "state/") == Path("state")


def test_a_configured_state_that_is_here_stays_here(place):
    """What earlier runs remembered in the folder the command is given in is found there."""
    (place / "below/state").mkdir()
    assert state_folder(None, "state/") == Path("state")


def test_a_state_of_the_command_line_is_seen_from_here(place):
    """It wins over the configuration, and empty it means none."""
    assert state_folder("state", "other") == Path("state")
    assert state_folder("", "other") is None
    assert state_folder(None, None) is None


@pytest.mark.parametrize(
    ("named", "why"),
    [
        (" ", "which names no folder"),
        ("link", "a link to 'disk/state', which is not there"),
        ("circle", "Too many levels of symbolic links"),
        ("x" * 300, "File name too long"),
        ("../scrapy.cfg/state", "Not a directory"),
    ],
)
def test_what_can_be_no_folder_is_refused(place, named, why):
    """A link to a disk that nobody has mounted, and names that no file system takes, are mistakes, and said to be."""
    Path("link").symlink_to("disk/state")
    Path("circle").symlink_to("circle")
    with pytest.raises(SeedsiftError, match=f"^STATE: found {named!r}, {why}; name another folder"):
        state_folder(named, None)

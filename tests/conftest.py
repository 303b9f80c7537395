"""What every test may rely on: Hypothesis profiles, the checkout, and material that only lies beside some checkouts."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Slow machines are no failures, so no profile has a deadline; CI must say the same twice, so it draws no lots.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("quick", deadline=None, derandomize=True, max_examples=20)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of pages that may not be published; a test that needs it is skipped where it is not there."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"no {folder.name}/ beside this checkout")
    return folder

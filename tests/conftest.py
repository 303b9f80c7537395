"""What every test may rely on: Hypothesis profiles, the checkout, and material that only lies beside some checkouts."""

import os
from collections.abc import Callable
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


@pytest.fixture(scope="session")
def needs() -> Callable[[str, object], None]:
    """Skips a test where a tool of the system is not there, and fails it where .ci/run has found that it is."""

    def checked(tool: str, there: object) -> None:
        if there:
            return
        if tool in os.environ.get("SEEDSIFT_REQUIRE", "").split():
            pytest.fail(f"{tool} is required here (SEEDSIFT_REQUIRE), and cannot be used")
        pytest.skip(f"needs {tool}")

    return checked

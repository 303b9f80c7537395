"""What `scrapy ledger` says to arguments that it does not take."""

from pipeline.ledger.state import State


def test_runs_to_keep_are_a_number(project, scrapy):
    """Anything else is refused, with what is allowed."""
    State(project.folder / "state").close()
    for runs in ("-1", "none", "", "1.5", "9" * 5000):
        status, _, said = scrapy("ledger", "-s", f"STATE={project.folder / 'state'}", "prune", runs)
        assert status == 2
        assert f"prune RUNS: found {runs!r}; allowed: a number, 0 to 999999999, of the last runs" in said

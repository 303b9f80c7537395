"""The errors that users see."""

from pipeline import ConfigError
from pipeline.errors import Problem


def test_a_configuration_error_tells_every_problem_on_a_line_of_its_own() -> None:
    """Each line begins with file, line and column, so that an editor can go there."""
    error = ConfigError([Problem("run.yaml", 3, 5, "unknown key 'chian'"), Problem("run.yaml", 0, 0, "no chain")])
    assert str(error) == "run.yaml:3:5: unknown key 'chian'\nrun.yaml: no chain"
    assert [problem.line for problem in error.problems] == [3, 0]

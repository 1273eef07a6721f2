"""The workbenches of the tests of fuzzing serve here, too."""

from tests.fuzz.conftest import bench_of

__all__ = ["bench_of"]

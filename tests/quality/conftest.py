"""Makes the generator and the scorer importable; they are scripts beside the tests, not part of the product."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

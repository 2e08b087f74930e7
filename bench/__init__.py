"""Speed against named other programs doing the same work in the same run, as ratios."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as main.py does, before NumPy is imported

"""Speed against named other programs doing the same work in the same run, as ratios."""

"""Everything Balassa knows and computes; runs without Qt and without the window."""

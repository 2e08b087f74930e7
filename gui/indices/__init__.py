"""The Indices tab: live charts of results with the values beside them. Only this package imports pyqtgraph."""

"""The panel that explains one number."""

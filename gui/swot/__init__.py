"""The SWOT tab: a board of cards that are backed by live evidence."""

"""The Data tab: the project's tables in a list, the chosen one in a grid, and what the study is about."""

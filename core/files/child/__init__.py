"""Parsing spreadsheets in a process of its own, which may die, hang or eat memory without harm to the application.

`process` and `answers` belong to the application; the rest runs in the child, without NumPy where a format needs none.
"""

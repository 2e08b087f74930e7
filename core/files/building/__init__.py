"""How sheets become a table: columns to codes, rows to cells, cells to series and periods, and where each came from."""

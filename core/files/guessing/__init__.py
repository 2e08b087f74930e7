"""How the meaning of a sheet is guessed: a look at its cells, where its table is, what its columns are, its body."""

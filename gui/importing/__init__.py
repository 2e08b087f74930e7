"""The import of spreadsheets: what a file holds, what its rows and columns mean, what will come out."""

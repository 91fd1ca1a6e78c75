"""One file for each kind of source; a file that is put here is found."""

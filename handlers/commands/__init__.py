"""One file for each command, its words beside it; a file that is put here is found."""

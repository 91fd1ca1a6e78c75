"""One folder for each chat platform; a folder that is put here is found."""

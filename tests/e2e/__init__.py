"""The program as people run it: its own process, its own folder, real files."""

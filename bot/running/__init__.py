"""Starting, settings, logs, background work, the command line."""

"""What the `khobor` command line does, a file for each verb."""

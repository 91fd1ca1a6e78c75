"""Faults of one place, made by rule in the files where a wrong line costs readers news; each has to fail a test."""

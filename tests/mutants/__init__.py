"""Faults of one place.

Made by rule in the files where a wrong line costs readers news; each has to fail a test.
"""

"""Holds one file for each kind of source.

A file that is put here is found.
"""

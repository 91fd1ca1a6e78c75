"""Holds one file for each command, with its words.

A file that is put here is found.
"""

"""Holds words that are known whatever the archive holds.

Spellings, English and Banglish, names that are never respelt.
"""

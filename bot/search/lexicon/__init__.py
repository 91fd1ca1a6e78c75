"""Holds words that are known whatever the archive holds.

They are spellings, English and Banglish, and names that are never respelt.
"""

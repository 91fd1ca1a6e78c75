"""Holds one grammar of what readers write.

It reads wishes, questions, days and small talk. It is pure and knows no archive.
"""

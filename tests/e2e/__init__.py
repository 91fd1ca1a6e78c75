"""The program as people run it.

Its own process, its own folder, real files.
"""

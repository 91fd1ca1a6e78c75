"""Takes HTML pages apart.

Only the worker process imports it: lxml and trafilatura are heavy.
"""

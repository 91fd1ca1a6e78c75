"""Takes HTML pages apart.

Imported by the worker process only: lxml and trafilatura are heavy.
"""

"""What only PostgreSQL has: leases, lost connections, its index.

Run by ``make test-postgresql``.
"""

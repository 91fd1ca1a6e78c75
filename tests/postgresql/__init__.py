"""What only PostgreSQL has: leases, lost connections, its own index. Run by ``make test-postgresql``."""

"""The database itself: connections, migrations, copies."""

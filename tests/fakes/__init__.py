"""Hand-written stand-ins for the world, shared by tests."""

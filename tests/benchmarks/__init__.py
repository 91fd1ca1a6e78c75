"""Speed and size, measured beside a peer or the bare minimum."""

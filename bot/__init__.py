"""The core of Khobor: it knows no chat platform and no database."""

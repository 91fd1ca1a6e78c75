"""Where news comes from: fetching, and one pure parser for each kind of source."""

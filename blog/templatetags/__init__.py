"""Template filters of feed."""

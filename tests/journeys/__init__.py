"""Journeys in a real browser, as each role."""

"""Measuring: data of any size with a fixed seed, and each screen's cost with a real server process."""

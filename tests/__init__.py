"""Tests mirror the packages; what all share is in conftest.py and factories.py."""

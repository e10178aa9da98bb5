"""Tests of the pure engine of signed certificates."""

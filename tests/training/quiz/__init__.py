"""Tests of the quiz engine."""

"""Áo Xanh runs a national volunteer campaign that helps people use online public services."""

__version__ = "0.1.0"

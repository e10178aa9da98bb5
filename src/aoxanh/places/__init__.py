"""Provinces and communes of the two-tier map, versioned with dates; old names, traits, distances and outlines.

The identity of a place is its code in the scheme of 1 July 2025; what it is called and of which kind is dated. Uses audit
and kernel.
"""

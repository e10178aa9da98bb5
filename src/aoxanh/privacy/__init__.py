"""Keeps citizens' data out: detects personal data in free text, holds field classes to the models, forgets and expires.

`detection` is a pure engine shared by rule with the field app's JavaScript twin. Uses audit and kernel.
"""

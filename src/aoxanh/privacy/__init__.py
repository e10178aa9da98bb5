"""Keeps citizens' data out: detects personal data in free text, holds field classes to the models, forgets people and lets go of old rows.

`detection` is a pure engine shared by rule with the field app's JavaScript twin. Uses audit and kernel.
"""

"""Grades of units, pure: what is frozen is one text with one hash, and a grade follows from it to the last digit.

`rubric` reads the rubric, `documents` writes and checks frozen texts, `grade` computes in exact fractions, `drawing_lots` picks the
files of a blind review from a seed that nobody could choose. No Django inside.
"""

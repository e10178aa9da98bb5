"""The optional language model: what it is asked, what it may say, and the check of every claim against an exact quote.

Pure Python: it knows no database and no settings. `assistant.language_model` decides whether it is asked at all.
"""

"""Quizzes without Django: items in two languages, forms drawn from a bank, marks, item analysis, and exchange with Moodle."""

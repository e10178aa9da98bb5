"""`python -m aoxanh` is the `aoxanh` command."""

from aoxanh.cli import main

main()

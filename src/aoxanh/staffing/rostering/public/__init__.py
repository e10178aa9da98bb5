"""The public shift-scheduling instances of Curtois and Qu, solved as they stand: to know how good our searching is.

`reader` reads their text format, `search` solves with `columns`, `master` and `pricing`, `verify` counts what a roster costs by its own
hand, `known` lists what others reached, `draw` makes instances of their shape and size for trials where the files are not at hand.
"""

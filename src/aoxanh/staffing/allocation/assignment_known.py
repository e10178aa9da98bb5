"""The best values known for the OR-Library's generalised-assignment files, by the name of the file, in the order of its instances.

Source: J. E. Beasley's OR-Library, "Generalised assignment problem" (gap1 to gap12, where profits are maximised, and gapa to gapd),
and papers on types c, d and e: Yagiura, Ibaraki and Glover 2006; Posta, Ferland and Michelon 2012. Types list 5, 10 and 20 agents with 100
and 200 jobs each. Written down without the pages at hand and not yet compared with them; values given by `--best` go before them.
"""

PROFITS = frozenset(f"gap{number}" for number in range(1, 13))

BEST_KNOWN = {
    "gap1": (336, 327, 339, 341, 326), "gap2": (434, 436, 420, 419, 428), "gap3": (580, 564, 573, 570, 564),
    "gap4": (656, 644, 673, 647, 664), "gap5": (563, 558, 564, 568, 559), "gap6": (761, 759, 758, 752, 747),
    "gap7": (942, 949, 968, 945, 951), "gap8": (1133, 1134, 1141, 1117, 1127), "gap9": (709, 717, 712, 723, 706),
    "gap10": (958, 963, 960, 947, 947), "gap11": (1139, 1178, 1195, 1171, 1171), "gap12": (1451, 1449, 1433, 1447, 1446),
    "gapa": (1698, 3235, 1360, 2623, 1158, 2339), "gapb": (1843, 3552, 1407, 2827, 1166, 2339),
    "gapc": (1931, 3456, 1402, 2806, 1243, 2391), "gapd": (6353, 12742, 6347, 12430, 6185, 12244),
    "gape": (12681, 24930, 11577, 23307, 8436, 22379),
}  # fmt: skip

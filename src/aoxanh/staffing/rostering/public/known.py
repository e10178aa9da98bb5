"""The best costs known for the public instances, by the name of the file.

Source: the table of "Employee shift scheduling benchmark data sets" by T. Curtois (www.schedulingbenchmarks.org, formerly
at the University of Nottingham), as cited in papers on them. Written down without the page at hand and not yet compared with it; what
was not certain is left out. A table of one's own (`--best`) goes before it.
"""

BEST_KNOWN = {
    "Instance1": 607, "Instance2": 828, "Instance3": 1001, "Instance4": 1716, "Instance5": 1143, "Instance6": 1950, "Instance7": 1056,
    "Instance8": 1300, "Instance9": 439, "Instance10": 4631, "Instance11": 3443, "Instance12": 4040, "Instance13": 1348,
    "Instance14": 1278, "Instance16": 3225, "Instance17": 5746, "Instance18": 4459, "Instance19": 3149, "Instance20": 4769,
}  # fmt: skip

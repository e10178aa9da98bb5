"""Fair comparison of units: like with like, rates drawn in where little is known, limits of chance, and how sure a rank is.

Pure Python on numpy and scipy, no Django inside. `peers` finds like units, `shrinkage` estimates their rates, `funnel` draws the
limits within which chance alone would leave a unit, `ranks` tells between which places a unit may lie.
"""

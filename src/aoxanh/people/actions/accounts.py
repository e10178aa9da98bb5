"""Accounts: made by a coordinator, opened by their owner through a one-time key, closed to lost phones at once."""

import re

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.usersessions.adapter import get_adapter as sessions_adapter
from allauth.usersessions.models import UserSession
from django.db import transaction

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.text import nfc
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed, NotOneself, UnfitName, UnfitUsername, UsernameTaken
from aoxanh.people.events import signed_out_everywhere
from aoxanh.people.models import Account, Device, RoleAssignment
from aoxanh.people.permissions import Permission, may, require
from aoxanh.people.queries import bonds_of, holding_on, roles_grantable
from aoxanh.places.models import Place
from aoxanh.privacy.detection import Finding, find
from aoxanh.privacy.errors import PersonalData, kinds_in_words

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
_NUMBERS = frozenset({"id_number", "old_id_number", "phone", "email", "bank", "insurance"})
NATION = "VN"


@transaction.atomic
def create_account(*, username: str, display_name: str, place: Place, by: Actor, email: str = "") -> Account:
    """Make an account without roles and without a password; its owner sets one through `issue_sign_in_key`.

    Raises UnfitUsername, UsernameTaken or UnfitName. `place` says whose care it is made in.
    """
    require(by, Permission.ROLE_GRANT, place)
    username = username.strip().lower()
    if not _USERNAME.fullmatch(username) or numbers_in(username):
        raise UnfitUsername(field="username")
    if Account.objects.filter(username=username).exists():
        raise UsernameTaken(field="username", username=username)
    account = Account.objects.create_user(
        username, None, display_name=fit_name(display_name, "display_name"), email=email
    )
    audit.record(
        chain=place.code, actor=str(by), action="people.account.created", subject=f"account:{account.id}"
    )
    return account


@transaction.atomic
def issue_sign_in_key(*, account: Account, by: Actor) -> str:
    """Return a key, good for three days and one use, with which the owner sets a password; also when it was forgotten.

    Only those who may hand out every role that the account holds, so that nobody climbs through somebody else's account.
    """
    if account.id == by.account_id:
        raise NotOneself
    account = Account.objects.select_for_update().get(id=account.id)
    held = list(
        RoleAssignment.objects.filter(holding_on(clock.today()), account=account).select_related("place")
    )
    if any(item.role not in roles_grantable(by, item.place) for item in held):
        raise NotAllowed
    if not held and not may_over(by, Permission.ROLE_GRANT, account):
        raise NotAllowed
    key = f"{user_pk_to_url_str(account)}-{default_token_generator.make_token(account)}"
    audit.record(
        chain=chain_of(account),
        actor=str(by),
        action="people.account.key_issued",
        subject=f"account:{account.id}",
    )
    return key


@transaction.atomic
def revoke_all_sessions(*, account: Account, by: Actor) -> int:
    """Sign a person out everywhere, for a lost phone: web sessions end and every enrolled phone erases at its next call.

    Returns how many web sessions and phones there were.
    """
    if account.id != by.account_id and not may_over(by, Permission.DEVICE_REVOKE, account):
        raise NotAllowed
    account = Account.objects.select_for_update().get(id=account.id)
    sessions = list(UserSession.objects.filter(user=account))
    sessions_adapter().end_sessions(sessions)
    devices = Device.objects.filter(account=account, revoked_at=None).update(revoked_at=clock.now())
    signed_out_everywhere.send(sender=Account, account=account, by=by)
    details = {"sessions": len(sessions), "devices": devices}
    audit.record(
        chain=chain_of(account),
        actor=str(by),
        action="people.account.signed_out",
        subject=f"account:{account.id}",
        details=details,
    )
    return len(sessions) + devices


@transaction.atomic
def set_language(*, account: Account, language: str, by: Actor) -> Account:
    """Keep the language a person wants to read in: "vi" or "en"."""
    if account.id != by.account_id:
        raise NotAllowed
    account.language = "en" if language == "en" else "vi"
    account.save(update_fields=["language"])
    audit.record(
        chain=chain_of(account),
        actor=str(by),
        action="people.account.language",
        subject=f"account:{account.id}",
    )
    return account


def may_over(by: Actor, permission: Permission, account: Account) -> bool:
    """Tell whether the actor may do this to a person, through any place or team that ties the person to them."""
    return by.is_system or any(
        may(by, permission, place, team_id=team, owner_id=account.id) for place, team in bonds_of(account)
    )


def chain_of(account: Account) -> str:
    """Return the audit chain of what is done to a person: their first commune, else their first place, else the nation."""
    codes = [place.code for place, _team in bonds_of(account)]
    return max(codes, key=len, default=NATION)


def fit_name(text: str, field: str, limit: int = 80) -> str:
    """Return a name in the one normal form. Raises UnfitName, or PersonalData for a number in it."""
    name = nfc(text)
    if not 0 < len(name) <= limit or not name.isprintable():
        raise UnfitName(field=field, limit=limit)
    if found := numbers_in(name):
        raise PersonalData(field=field, kinds=kinds_in_words(found))
    return name


def numbers_in(text: str) -> list[Finding]:
    """Return the personal numbers and addresses in a text that may well hold a name, as those of staff and teams do."""
    return [found for found in find(text) if found.kind in _NUMBERS]

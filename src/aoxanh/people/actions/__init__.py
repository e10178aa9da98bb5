"""What is done to accounts, volunteers, teams, roles, phones and lists of hamlets; one module for each noun."""

from aoxanh.people.actions.accounts import (
    create_account,
    issue_sign_in_key,
    revoke_all_sessions,
    set_language,
)
from aoxanh.people.actions.badges import print_badges, register_badge_key, revoke_printed_badge
from aoxanh.people.actions.consents import ConsentFacts, record_consent, withdraw_consent
from aoxanh.people.actions.devices import enrol_device, revoke_device
from aoxanh.people.actions.hamlets import keep_hamlets
from aoxanh.people.actions.roles import grant_role, revoke_role
from aoxanh.people.actions.teams import change_position, create_team, join_team, leave_team
from aoxanh.people.actions.volunteers import VolunteerFacts, create_volunteer, edit_volunteer, give_account

__all__ = [
    "ConsentFacts",
    "VolunteerFacts",
    "change_position",
    "create_account",
    "create_team",
    "create_volunteer",
    "edit_volunteer",
    "enrol_device",
    "give_account",
    "grant_role",
    "issue_sign_in_key",
    "join_team",
    "keep_hamlets",
    "leave_team",
    "print_badges",
    "record_consent",
    "register_badge_key",
    "revoke_all_sessions",
    "revoke_device",
    "revoke_printed_badge",
    "revoke_role",
    "set_language",
    "withdraw_consent",
]

"""One's own account, and what a coordinator does about somebody else's: a new sign-in link, a lost phone."""

from uuid import UUID

import segno
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from aoxanh.people import actions, queries
from aoxanh.people.models import Account
from aoxanh.web.middleware import SECOND_FACTORS
from aoxanh.web.people.forms import LanguageForm
from aoxanh.web.people.teams import actor_of
from aoxanh.web.sign_in import remember_language


@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Show one's own phones, sessions, second factor and language, and change the language."""
    account = _account_of(request)
    form = LanguageForm(request.POST or None, initial={"language": account.language})
    if form.is_valid():
        actions.set_language(account=account, language=form.cleaned_data["language"], by=actor_of(request))
        response: HttpResponse = redirect("my_account")
        remember_language(response, form.cleaned_data["language"])
        return response
    page = {
        "form": form,
        "account": account,
        "roles": [f"{item.get_role_display()} ({item.place.address})" for item in queries.roles_of(account)],
        "devices": queries.devices_visible_to(actor_of(request)).filter(account=account),
        "sessions": UserSession.objects.filter(user=account).count(),
        "second_factor": is_mfa_enabled(account, SECOND_FACTORS),
    }
    return render(request, "people/account.html", page)


@require_POST
def revoke_device(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Revoke a lost phone and go back to where the person was."""
    device = queries.devices_visible_to(actor_of(request)).filter(id=device_id).first()
    if device is None:
        raise Http404
    actions.revoke_device(device=device, by=actor_of(request))
    messages.success(
        request, _("The phone is signed out. It erases what it holds as soon as it reaches the network.")
    )
    return _back(request, device.account_id)


@require_POST
def sign_out_everywhere(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Sign somebody out everywhere, oneself included."""
    account = queries.account_with_id(account_id)
    if account is None:
        raise Http404
    actions.revoke_all_sessions(account=account, by=actor_of(request))
    if account_id == actor_of(request).account_id:
        return redirect("account_login")
    messages.success(request, _("All phones and browsers of this account are signed out."))
    return _back(request, account_id)


@require_POST
def renew_link(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Give a new sign-in link for a new account or a forgotten password."""
    account = queries.account_with_id(account_id)
    if account is None:
        raise Http404
    return link_page(request, account)


@never_cache
def link_page(request: HttpRequest, account: Account) -> HttpResponse:
    """Show the link once, as text and as a code to photograph; it is nowhere else."""
    uid, _dash, token = actions.issue_sign_in_key(account=account, by=actor_of(request)).partition("-")
    link = request.build_absolute_uri(
        reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
    )
    code = segno.make(link, error="m").svg_data_uri(scale=5, border=2)
    return render(request, "people/link.html", {"account": account, "link": link, "code": code})


def absent(_request: HttpRequest, **_more: str) -> HttpResponse:
    """Answer where a page of allauth would need e-mail."""
    raise Http404


def _account_of(request: HttpRequest) -> Account:
    account = queries.account_with_id(actor_of(request).account_id)
    if account is None:
        raise Http404
    return account


def _back(request: HttpRequest, account_id: UUID) -> HttpResponse:
    volunteer = queries.volunteers_visible_to(actor_of(request)).filter(account=account_id).first()
    if volunteer is None or account_id == actor_of(request).account_id:
        return redirect("my_account")
    return redirect("volunteer", volunteer_id=volunteer.id)

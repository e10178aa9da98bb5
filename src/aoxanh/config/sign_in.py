"""Settings of django-allauth: passwords, TOTP and passkeys, OIDC by configuration, rate limits."""

from aoxanh.config import environment as env

ACCOUNT_ADAPTER = "aoxanh.web.sign_in.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "aoxanh.web.sign_in.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Áo Xanh"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = env.flag(
    "AOXANH_DEBUG", default=False, meaning="Show error details on pages; never on a public server"
)
USERSESSIONS_TRACK_ACTIVITY = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.number(
    "AOXANH_PROXIES", 0, "How many reverse proxies of ours stand in front; tells the visitor's address"
)

# Nothing is limited by address alone: a commune office is one address. "key" is account+address, account, or second factor.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "10/15m/key",
    "login_failed_anywhere": "50/h/key",
    "signup": None,
    "reset_password": None,
    "reset_password_from_key": None,
    "request_login_code": None,
    "verify_phone": None,
}
MFA_RATE_LIMITS = {"webauthn_login": None}  # a passkey holds no secret that could be guessed

OIDC_ISSUER = env.text("AOXANH_OIDC_ISSUER", "", "OpenID Connect issuer URL; empty turns it off")
OIDC_CLIENT_ID = env.text("AOXANH_OIDC_CLIENT_ID", "", "Client id at the OpenID Connect issuer")
OIDC_CLIENT_SECRET = env.text("AOXANH_OIDC_CLIENT_SECRET", "", "Client secret at the OpenID Connect issuer")
OIDC_NAME = env.text("AOXANH_OIDC_NAME", "SSO", "Name on the sign-in button of the OpenID Connect issuer")
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": OIDC_NAME,
                    "client_id": OIDC_CLIENT_ID,
                    "secret": OIDC_CLIENT_SECRET,
                    "settings": {"server_url": OIDC_ISSUER},
                }
            ]
        }
    }
    if OIDC_ISSUER
    else {}
)

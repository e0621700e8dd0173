"""One settings file for demo, school and tests. What differs between machines comes from the data folder."""

import os
from pathlib import Path

from pathbook.config.sign_on import apps
from pathbook.home import open_home

HOME = open_home()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = HOME.secret_key
DEBUG = False
PATHBOOK_FOLDER = HOME.folder
PATHBOOK_TODAY = HOME.today
PATHBOOK_DEMO = bool(HOME.demo)
PATHBOOK_SIGN_ON = HOME.sign_on  # by `pathbook sign-in sso`
# A folder, best on another machine, that the seal of the audit's last event is noted in each day (docs/administrator.md)
PATHBOOK_AUDIT_HEAD_DIR = os.environ.get("PATHBOOK_AUDIT_HEAD_DIR", "")
ALLOWED_HOSTS = os.environ.get("PATHBOOK_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")

INSTALLED_APPS = [
    "pathbook.config",  # for its `migrate`
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "pathbook.audit",
    "pathbook.people",
    "pathbook.records",
    "pathbook.needs",
    "pathbook.uptake",
    "pathbook.exchange",
    "pathbook.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pathbook.web.headers.security_headers",
    "pathbook.web.headers.only_known_methods",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pathbook.web.daily.note_the_audits_head",
    "pathbook.web.door.who_is_asking",
    "pathbook.web.whiteboard.only_the_board",
    "pathbook.web.page_file.page_as_file",
]

ROOT_URLCONF = "pathbook.config.urls"
WSGI_APPLICATION = "pathbook.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "pathbook.web.frame.frame",
            ],
        },
    }
]

# FULL, because a power cut must not lose what a person was told is saved (docs/decisions/0004).
# IMMEDIATE, so that two writers queue at BEGIN instead of failing half-way.
DATABASES = {
    "default": {
        "ENGINE": "pathbook.config.sqlite",
        "NAME": HOME.folder / "pathbook.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            " PRAGMA cache_size=-2000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;",
        },
        "CONN_MAX_AGE": 600,
        "TEST": {"NAME": HOME.folder / "test.sqlite3"},  # a file, because two writers must queue in tests too
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
PASSWORD_HASHERS = [
    "pathbook.config.passwords.Argon2id",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # those set before: kept anew at the next sign-in
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = ["pathbook.web.door.Accounts"]  # allauth's, with the roles

# Behind a TLS proxy set PATHBOOK_HTTPS=1; the demo on 127.0.0.1 speaks plain HTTP.
HTTPS = os.environ.get("PATHBOOK_HTTPS") == "1"
SESSION_COOKIE_AGE = 60 * 60  # unused for this long, a session is over; web/sessions.py keeps a used one alive
PATHBOOK_SESSION_AT_MOST = 12 * 60 * 60  # however much it is used
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:  # a name only this host can set
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-pathbook", "__Host-csrf"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# No mail leaves until the school names its server.
EMAIL_HOST = os.environ.get("PATHBOOK_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("PATHBOOK_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("PATHBOOK_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PATHBOOK_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("PATHBOOK_MAIL_TLS", "1") == "1"
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("PATHBOOK_MAIL_FROM", "pathbook@localhost")

# Sign-in is django-allauth's machinery in our words (docs/decisions/0017).
PAGES = "pathbook.web.pages"
ACCOUNT_ADAPTER = f"{PAGES}.sign_in.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator gives the address; nobody signs up
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": f"{PAGES}.sign_in.forms.SignInForm",
    "reauthenticate": f"{PAGES}.sign_in.forms.AgainForm",
    "reset_password": f"{PAGES}.sign_in.forms.ForgottenForm",
    "reset_password_from_key": f"{PAGES}.sign_in.forms.NewPasswordForm",
}
# Ten wrong for one account in 15 minutes, then a wait. An address has far more, because a school shares one.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "100/5m/ip,10/15m/key",
    "joining_code": "300/5m/ip",
    "employer_form": "60/5m/ip",
    "reset_password": "60/5m/ip,5/15m/key",
    "reset_password_from_key": "60/5m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
# The tallies above, the same for each process of the server
CACHES = {"default": {"BACKEND": "pathbook.config.tallies.Tallies", "LOCATION": str(HOME.folder / "tallies.sqlite3")}}
SOCIALACCOUNT_ADAPTER = f"{PAGES}.sign_in.sign_on.SignOnAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps(PATHBOOK_SIGN_ON)}}
MFA_ADAPTER = f"{PAGES}.sign_in.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Pathbook"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": f"{PAGES}.sign_in.forms.CodeForm",
    "reauthenticate": f"{PAGES}.sign_in.forms.CodeAgainForm",
    "activate_totp": f"{PAGES}.sign_in.forms.FirstCodeForm",
    "add_webauthn": f"{PAGES}.sign_in.forms.PasskeyForm",
}

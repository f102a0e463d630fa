"""One file of settings. A site's own values come from its folder (site.toml); the rest stands here."""

import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from posada.config import boot, environment
from posada.vault import sqlcipher
from posada.vault.errors import NoSite
from posada.vault.folder import SiteFolder, SiteSettings

PACKAGE = Path(__file__).resolve().parent.parent
SITE_ROOT = environment.folder("POSADA_SITE", "site")


def _site() -> SiteSettings:
    try:
        return SiteFolder(SITE_ROOT).settings()
    except NoSite:
        return SiteSettings(site="none", name="Posada")


SITE = _site()

# Made anew by every process and never stored: sealing a site ends its sessions.
SECRET_KEY = secrets.token_urlsafe(50)
DEBUG = False
ALLOWED_HOSTS = environment.words("POSADA_HOSTS", "localhost,127.0.0.1,[::1]")
# The name by which strangers reach the two doors, and nothing else (family.views.doors).
PUBLIC_HOST = SITE.public_host
if PUBLIC_HOST:
    ALLOWED_HOSTS.append(PUBLIC_HOST)
CSRF_TRUSTED_ORIGINS = [SITE.public_address.rstrip("/")] if PUBLIC_HOST else []
ROOT_URLCONF = "posada.config.urls"
WSGI_APPLICATION = "posada.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "posada.ui",
    "posada.vault",
    "posada.audit",
    "posada.accounts",
    "posada.records",
    "posada.people",
    "posada.shelter",
    "posada.family",
    "posada.asylum",
    "posada.interop",
    "posada.oversight",
    "posada.desk",
    "posada.config.apps.PosadaConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "posada.vault.middleware.no_store",
    "posada.family.views.doors.the_doors",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "posada.vault.middleware.sealed_gate",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "posada.accounts.http.who_asks",
    "posada.accounts.http.RefusalMiddleware",
    "posada.oversight.looking.nothing_unwritten",
    "posada.records.http.StoppedMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "posada.desk.frame.forget_counts",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "posada.desk.frame.frame",
            ],
        },
    },
]
FORM_RENDERER = "posada.ui.forms.Renderer"

_on_server = environment.two_databases()
DATABASES: dict[str, dict[str, Any]] = {
    alias: address.as_django() if address else sqlcipher.entry(SITE_ROOT / file)
    for (alias, file), address in zip(
        {"default": "main.db", "keyring": "keyring.db"}.items(), _on_server or (None, None), strict=True
    )
}
DATABASE_ROUTERS = ["posada.vault.router.KeyringRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

BOOT_STEPS: list[Any] = boot.STEPS
CHANGE_READERS: list[str] = boot.CHANGE_READERS
HANGING_ON: list[str] = boot.HANGING_ON
ERASERS: list[str] = boot.ERASERS
MERGERS: list[str] = boot.MERGERS

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
BEFORE_UNLOCK = "/unlock/"
OPEN_TO_ALL = frozenset(
    {
        "vault:unlock",
        "vault:progress",
        "vault:open_demonstration",
        "vault:look_as_thief",
        "vault:phones",
        "vault:authority",
        "vault:protects",
        "accounts:sign_in",
        "accounts:enter_as",
        "accounts:lock",
        "accounts:enrol",
        "accounts:finish_enrolment",
        "desk:story_step",
        "set_language",
    }
)
# The doors to strangers that site.toml switched on, by the names of their addresses: off, they lead to nothing.
OPEN_OUTSIDE = frozenset(
    name
    for name, is_on in {
        "page_outside": SITE.relative_pages,
        "page_outside_style": SITE.relative_pages,
        "ask_outside": SITE.enquiry_form,
        "ask_outside_style": SITE.enquiry_form,
    }.items()
    if is_on and PUBLIC_HOST
)
FLED_FROM = frozenset(SITE.fled_from)
# How often strangers may knock in an hour and in a day, all together (our proposal): beyond that nothing is looked at
# or kept, and the answer is the same.
KNOCKS = {"page": (60, 300), "ask": (30, 30)}
# Pages that show nothing that is kept, with what they show: looking at them leaves no entry of its own.
SHOW_NOTHING = {
    "desk:seal": "a question before sealing; sealing itself is written down",
    "people:register": "an empty form; advice and saving are written down",
    "people:together": "an empty form; a draft that is opened, and saving, are written down",
    "people:birth": "an empty form for a number; saving is written down",
    "people:find": "an empty form; each search is written down",
    "shelter:assign": "free beds for a number that was typed; giving the bed is written down",
    "shelter:bed": "a free bed shows nobody; a taken one is written down",
    "shelter:add_room": "an empty form",
    "shelter:night_rules": "two numbers of the house",
    "shelter:checkpoints": "names of places and counts",
    "shelter:checkpoint": "counts; what is typed is written down, and so is a list of post",
    "shelter:keep_checkpoints": "names of places and counts",
    "shelter:hand_in": "an empty form; writing it down is written down",
    "family:home": "the names of places",
    "family:paper_enquiry": "an empty form to print",
    "family:open_request": "an empty form",
    "family:close_request": "a question; closing is written down",
    "family:add_relative": "an empty form",
    "family:found_thanks": "thanks; what was chosen is written down",
    "family:to_tell": "numbers of what waits",
    "family:refer": "an empty form; referring is written down",
    "family:withdraw_referral": "a question; withdrawing is written down",
    "family:first_call": "an empty form; what is written is written down",
    "family:give_slot": "an empty form; giving the slot is written down",
    "family:lend_phone": "an empty form; lending is written down",
    "family:charge_phone": "an empty form; taking the phone is written down",
    "family:collect_phone": "an empty form; giving it back is written down",
    "family:advice": "advice for everybody",
    "family:advice_print": "advice for everybody, on paper",
    "family:freezing": "how many families there are, and a question; freezing is written down",
    "asylum:home": "the names of places; looking at one's own cases is written down",
    "asylum:open_case": "an empty form; opening is written down",
    "asylum:case_state": "a question; what is answered is written down",
    "asylum:papers": "which papers there are; nothing of a case is opened",
    "asylum:sessions": "topics, days and counts",
    "asylum:sheet": "what the guide says to everybody",
    "asylum:sheet_text": "what the guide says to everybody",
    "asylum:duty": "what the guide says, and a setting of the house",
    "asylum:guides": "what guides say to everybody",
    "asylum:options_start": "names of countries",
    "asylum:options": "an empty form; answers about nobody in particular, not stored",
    "asylum:guide": "what a guide says to everybody",
    "asylum:guide_rule": "what a guide says to everybody",
    "asylum:propose_rule": "what a guide says; proposing is written down",
    "asylum:guide_change": "what a guide says; the cases that a lawyer sees in it are written down",
    "interop:progress": "how far the reading of a file is",
    "interop:quarantine": "while a file is still read only a wait is shown; the preview is written down",
    "ui:specimen": "invented examples",
}
REFUSAL_VIEW = "posada.desk.views.refused"
STAFF_NAME_OF = "posada.records.staff.name_of"
NAME_STAFF = "posada.records.staff.name_staff"

# Figures of protection.md ("our proposal"): distinct persons opened in an hour and in a day.
# A site may set lower ones in site.toml, never higher: whoever can write that file gains nothing by it.
QUOTAS = SITE.quotas_under({"desk": (40, 150), "caseworker": (10, 30), "tracing_officer": (60, 300)})
SEARCHES_AN_HOUR = min(120, SITE.searches_an_hour)
# After how many days a message that did not arrive is listed to be deleted or tried again (our proposal).
MESSAGE_DAYS = max(1, SITE.message_days)
# What is told at once (our proposal): a share of a quota, persons in an hour of the night, a week or
# four weeks as so many days' numbers, searches by hand in an hour and how many for each person opened, refusals, looks
# on forms never saved.
ALARMS: dict[str, Any] = {
    "share": 0.8,
    "night": 8,
    "night_hours": (22, 6),
    "week_days": 2,
    "month_days": 4,
    "searches": 30,
    "searches_each": 6,
    "refused": 10,
    "forms": 5,
    "hidden": 5,
}
# Whether "who saw my file" names the members of staff by what people call them, or says their roles only.
FILE_TRAIL_SHOWS_NAMES = not environment.flag("POSADA_TRAIL_ROLES_ONLY")
# How long the numbers beside the places may be old. Whoever does something sees them anew at once.
COUNTS_SECONDS = 5
ADVICE_LIMIT = 5
SEARCH_LIMIT = 10

# 30 minutes idle, 10 hours at most (protection.md, web surface).
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 30 * 60
SESSION_LONGEST = 10 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # none outlives the browser: a phone that is seized should not say where it was used
CSRF_FAILURE_VIEW = "posada.desk.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# A laptop serves itself over loopback without TLS; a house network serves with it (POSADA_TLS=1).
TLS = environment.flag("POSADA_TLS")
# Over TLS a cookie's name binds it to this one host; a browser takes such a name only with Secure.
_HOST = "__Host-" if TLS else ""
SESSION_COOKIE_NAME = f"{_HOST}posada_session"
CSRF_COOKIE_NAME = f"{_HOST}posada_csrf"
LANGUAGE_COOKIE_NAME = f"{_HOST}posada_language"
LANGUAGE_COOKIE_SECURE = TLS
SESSION_COOKIE_SECURE = TLS
CSRF_COOKIE_SECURE = TLS
SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_HSTS_PRELOAD = TLS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    },
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "geolocation", "microphone", "payment", "usb", "fullscreen", "autoplay")
}

LANGUAGE_CODE = SITE.language
LANGUAGES = [("es", _("Spanish")), ("en", _("English"))]
LANGUAGE_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = True
FORMAT_MODULE_PATH = "posada.ui.formats"
USE_TZ = True
TIME_ZONE = SITE.time_zone

STATIC_URL = "static/"
STATIC_ROOT = SITE_ROOT / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "posada.ui.storage.StaticStorage"},
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 32_000_000
FILE_UPLOAD_HANDLERS = ["posada.interop.uploads.InMemoryHandler"]

# Nothing personal is ever logged: Django's own loggers speak of addresses, which carry none, and an error says its
# kind and place only.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "posada.config.console.Plain",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []

"""Who is asking, and what a browser may do with our pages: login, CSRF, rate limits, headers."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING

import structlog
from flask import Flask, Response, g, request, session
from flask_limiter import Limiter
from flask_login import LoginManager, current_user, login_user
from flask_wtf import CSRFProtect
from sqlalchemy.exc import DBAPIError
from werkzeug.middleware.proxy_fix import ProxyFix

from trainer.clock import now
from trainer.config import Config
from trainer.db import db
from trainer.errors import BadKey, KeyEnded, Refused, ScopeNeeded, SignInNeeded
from trainer.models import ApiToken, KeyScope, Role, User
from trainer.services import accounts, keys, sessions
from trainer.services.author import Author
from trainer.services.interviews.state import check_not_held, check_sent_not_held
from trainer.web.guard import address
from trainer.web.tries import PATIENCE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BODY_LIMIT = 1024 * 1024  # bytes; a view may raise it for itself
UPLOAD_LIMIT = 8 * 1024 * 1024  # bytes; of a mentor's package

log = structlog.get_logger()
csrf = CSRFProtect()
login_manager = LoginManager()


def _limit_key() -> str:
    """Signed-in people are counted by account, others by address."""
    user_id = getattr(current_user, "id", None)
    return f"user {user_id}" if user_id is not None else address()


def _send_limit() -> str:
    """Guests are counted by address, and a whole class may sit behind one."""
    return "30 per minute; 600 per hour" if current_user.is_authenticated else "300 per minute; 6000 per hour"


limiter = Limiter(_limit_key, strategy="moving-window", headers_enabled=True, in_memory_fallback_enabled=True)

SEND_LIMIT = _send_limit
SAVE_LIMIT = "120 per minute"
SCOPES = {"/api/v1/mentor/": KeyScope.MENTOR, "/api/v1/admin/": KeyScope.ADMIN}
"""What a key needs at addresses that begin so, whether it reads or changes something."""


def init_security(app: Flask, config: Config) -> None:
    app.config.update(
        SECRET_KEY=config.load_secret_key(),
        SESSION_COOKIE_NAME="trainer",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.secure_cookies,
        REMEMBER_COOKIE_NAME="trainer_remember",
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=config.secure_cookies,
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=BODY_LIMIT,
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,  # every address of a static file carries a hash of its content
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
        RATELIMIT_ENABLED=config.rate_limits,
        RATELIMIT_STORAGE_URI=config.limits_url or "memory://",
        RATELIMIT_STORAGE_OPTIONS=dict(PATIENCE) if config.limits_url else {},
    )
    if config.proxies:
        count = config.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    app.wsgi_app = _KeyOrCookies(app.wsgi_app)  # type: ignore[method-assign, assignment]
    app.after_request(_tell_waits_of_refusals)  # after the limiter has told of all
    csrf.init_app(app)
    login_manager.init_app(app)
    login_manager.login_view = "accounts.sign_in"
    login_manager.login_message = ""
    limiter.init_app(app)
    app.before_request(_check_key)
    app.before_request(_protect)
    app.before_request(_note_use)
    app.before_request(_keep_interview_apart)
    app.after_request(_add_headers)
    app.jinja_env.globals["csp_nonce"] = csp_nonce


def csp_nonce() -> str:
    """The word that lets this response's own scripts and styles run."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def author() -> Author:
    """Who sends code in this request: the account, or a guest, who gets a key in the signed cookie."""
    if current_user.is_authenticated:
        return Author(user_id=current_user.id)
    if "guest" not in session:
        session["guest"] = secrets.token_hex(16)
        session.permanent = True
    return Author(guest_key=session["guest"])


def guest_key() -> str | None:
    """The guest's key, where the browser has one."""
    return session.get("guest")


def signed_in() -> User:
    """The account that is asking. Raises SignInNeeded."""
    if not current_user.is_authenticated:
        raise SignInNeeded("Sign in first.")
    user: User = current_user._get_current_object()
    return user


def mentor() -> User:
    """The mentor or admin who is asking. Raises SignInNeeded, Refused."""
    user = signed_in()
    if not user.may_mentor:
        raise Refused("This is for mentors. An admin can make you one.")
    return user


def admin() -> User:
    """The admin who is asking. Raises SignInNeeded, Refused."""
    user = signed_in()
    if user.role is not Role.ADMIN:
        raise Refused("This is for admins.")
    return user


def let_in(user: User, *, remember: bool) -> None:
    """Sign in with a session of its own: what the guest's cookie held does not live on."""
    session.clear()
    user.login_key = sessions.begin(db.session, user, request.user_agent.string)
    login_user(user, remember=remember)


def login_session_id() -> int | None:
    """The session by which this request asks, if it asks by one."""
    found: int | None = g.get("login_session_id")
    return found


@login_manager.user_loader  # type: ignore[untyped-decorator]  # no types there
def _load_user(key: str) -> User | None:
    found = sessions.find(db.session, key)
    if found is None:
        return None
    g.login_session_id, g.login_is_stale = found.id, sessions.is_stale(found)
    user = found.user
    user.login_key = key
    return None if user.is_disabled else user


@login_manager.request_loader  # type: ignore[untyped-decorator]
def _load_by_token(_request: object) -> User | None:
    if not _has_key(request.environ):
        return None
    found = keys.find_token(db.session, request.environ["HTTP_AUTHORIZATION"].partition(" ")[2].strip())
    if found is None:
        return None
    g.api_key = found
    if keys.has_ended(found):
        return None
    g.stale_token_id = found.id if _is_stale(found) else None
    return None if found.user.is_disabled else found.user


def api_key() -> ApiToken | None:
    """The key by which this request asks, if it asks by one."""
    found: ApiToken | None = g.get("api_key")
    return found


class _KeyOrCookies:
    """Who sends a key for the API has no cookies: they could be another person's, and need another protection."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if _has_key(environ):
            environ.pop("HTTP_COOKIE", None)
        return self._app(environ, start)


def _has_key(environ: WSGIEnvironment) -> bool:
    scheme = environ.get("HTTP_AUTHORIZATION", "").partition(" ")[0]
    return bool(scheme.lower() == "bearer" and environ["PATH_INFO"].startswith("/api/"))


def _is_stale(token: ApiToken) -> bool:
    return token.last_used_at is None or now() - token.last_used_at > sessions.SEEN_EVERY


def _check_key() -> None:
    """A key that is none is not the same as no key: whoever sends it believes to be somebody."""
    if not _has_key(request.environ):
        return
    if not current_user.is_authenticated:
        if (ended := api_key()) is not None and ended.ends_at is not None:
            raise KeyEnded(f"This key ended on {ended.ends_at:%Y-%m-%d}. Make a new one on your account page.")
        raise BadKey("This key is not known, or was dropped. Your account page lists your keys.")
    _check_scope()


def _check_scope() -> None:
    """A key does what it was made for, and never more than its account may."""
    found = api_key()
    assert found is not None
    reads = request.method in ("GET", "HEAD", "OPTIONS")
    usual = KeyScope.READ if reads else KeyScope.PRACTISE
    rule = request.url_rule.rule if request.url_rule else ""
    needed = next((scope for place, scope in SCOPES.items() if rule.startswith(place)), usual)
    if needed not in found.scope.includes:
        raise ScopeNeeded(f"This key may {found.scope}; this needs a key that may {needed}.", needed)


def _protect() -> None:
    """CSRF for everything that a browser sends by itself. A key is proof enough: no browser adds it."""
    if request.endpoint and not _has_key(request.environ):
        csrf.protect()


def _note_use() -> None:
    """Write down, every few minutes, that a session or key is used. It can wait where the database cannot take it."""
    if not current_user.is_authenticated:
        return
    token_id, login_id = g.get("stale_token_id"), g.get("login_session_id")
    if token_id is None and not g.get("login_is_stale"):
        return
    try:
        with db.writing() as written:
            if token_id is not None:
                keys.use_token(written, token_id)
            elif login_id is not None:
                sessions.see(written, login_id)
            accounts.see(written, current_user.id)
    except DBAPIError as error:
        log.warning("the use of a session was not noted", why=str(error))


def _tell_waits_of_refusals(response: Response) -> Response:
    """The limiter tells everybody how long to wait; only who was refused is to, and what the message says."""
    if response.status_code not in (429, 503):
        response.headers.pop("Retry-After", None)
    elif "wait_s" in g:
        response.headers["Retry-After"] = str(g.wait_s)
    return response


def _keep_interview_apart() -> None:
    """Whatever an address says of a problem: not of one that could be in the interview that the account sits.

    Addresses of interviews say of their own which tasks they may show.
    """
    values = request.view_args or {}
    if not values or "interview_id" in values or not current_user.is_authenticated:
        return
    if names := [value for value in values.values() if isinstance(value, str)]:
        check_not_held(db.session, current_user.id, *names)
    for name in ("submission_id", "run_id"):
        if name in values:
            check_sent_not_held(db.session, current_user.id, values[name])


def _add_headers(response: Response) -> Response:
    nonce = f"'nonce-{g.csp_nonce}'" if "csp_nonce" in g else ""
    policy = {
        "default-src": "'none'",
        "script-src": f"'self' {nonce}".strip(),
        "style-src": f"'self' {nonce}".strip(),
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    headers = response.headers
    headers.setdefault("Content-Security-Policy", "; ".join(f"{k} {v}" for k, v in policy.items()))
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if not request.path.startswith("/static/"):
        headers.setdefault("Cache-Control", "private, no-store")
    return response

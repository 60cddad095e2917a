"""Who is asking, and what a browser may do with our pages: login, CSRF, rate limits, headers."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, current_user
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from trainer.config import Config
from trainer.db import db
from trainer.errors import Refused, SignInNeeded
from trainer.models import User
from trainer.services import accounts
from trainer.services.author import Author
from trainer.services.interviews.state import check_not_held

BODY_LIMIT = 1024 * 1024  # bytes; a view may raise it for itself

csrf = CSRFProtect()
login_manager = LoginManager()


def _limit_key() -> str:
    """Signed-in people are counted by account, others by address."""
    user_id = getattr(current_user, "id", None)
    return f"user {user_id}" if user_id is not None else get_remote_address()


limiter = Limiter(_limit_key, storage_uri="memory://", strategy="moving-window", headers_enabled=True)

SIGN_IN_LIMIT = "10 per minute; 60 per hour"
SEND_LIMIT = "30 per minute; 600 per hour"
SAVE_LIMIT = "120 per minute"


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
    )
    if config.proxies:
        count = config.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    csrf.init_app(app)
    login_manager.init_app(app)
    login_manager.login_view = "accounts.sign_in"
    login_manager.login_message = ""
    limiter.init_app(app)
    app.before_request(_protect)
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
        raise Refused("This page is for mentors. An admin can make you one.")
    return user


@login_manager.user_loader  # type: ignore[untyped-decorator]  # no types there
def _load_user(login_id: str) -> User | None:
    return accounts.find_by_login(db.session, login_id)


@login_manager.request_loader  # type: ignore[untyped-decorator]
def _load_by_token(_request: object) -> User | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not request.path.startswith("/api/"):
        return None
    return accounts.find_by_token(db.session, token.strip())


def _protect() -> None:
    """CSRF for everything that a browser sends by itself; a key in a header is proof enough."""
    by_key = request.path.startswith("/api/") and "Authorization" in request.headers
    if request.endpoint and not by_key:
        csrf.protect()


def _keep_interview_apart() -> None:
    """Whatever an address says of a problem by its slug: not of one that the account has before it in an interview."""
    slug = (request.view_args or {}).get("slug")
    if slug is not None and current_user.is_authenticated:
        check_not_held(db.session, current_user.id, slug)


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

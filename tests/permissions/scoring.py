"""The rules of the HTTP Observatory (MDN), for the headers of one response: a score from 100, with the reasons.

The modifiers are those of the Observatory's scoring table (mdn/yari, copy/observatory/tests_and_scoring.md, read
2026-11): what is missing costs, what is strict beyond need gives. A bonus counts only from 90 on. Rules
about other hosts (redirections, scripts from outside) do not arise; the five points of a preload list are never given.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

START, BONUS_FROM = 100, 90
SIX_MONTHS = 15_768_000


@dataclass(frozen=True, slots=True)
class Mark:
    """One rule's word about a response."""

    rule: str
    points: int


def _policy(headers: Mapping[str, str]) -> dict[str, list[str]]:
    parts = [part.split() for part in headers.get("content-security-policy", "").split(";")]
    return {part[0]: part[1:] for part in parts if part}


def content_policy(headers: Mapping[str, str]) -> Mark:
    """Content-Security-Policy."""
    policy = _policy(headers)
    if not policy:
        return Mark("csp-not-implemented", -25)
    fallback = policy.get("default-src", ["*"])
    scripts, styles = policy.get("script-src", fallback), policy.get("style-src", fallback)
    if {"'unsafe-inline'", "*", "http:", "https:", "data:"} & set(scripts):
        return Mark("csp-implemented-with-unsafe-inline", -20)
    if "'unsafe-eval'" in scripts:
        return Mark("csp-implemented-with-unsafe-eval", -10)
    if "'unsafe-inline'" in styles:
        return Mark("csp-implemented-with-unsafe-inline-in-style-src-only", 0)
    if fallback == ["'none'"]:
        return Mark("csp-implemented-with-no-unsafe-default-src-none", 10)
    return Mark("csp-implemented-with-no-unsafe", 5)


def cookies(headers: Mapping[str, str]) -> Mark:
    """Set-Cookie, all of a response joined by line breaks."""
    given = [line.lower() for line in headers.get("set-cookie", "").split("\n") if line]
    if not given:
        return Mark("cookies-not-found", 0)
    for line in given:
        is_session = "session" in line.split("=")[0]
        if "secure" not in line:
            return Mark("cookies-without-secure-flag", -40 if is_session else -20)
        if is_session and "httponly" not in line:
            return Mark("cookies-session-without-httponly-flag", -30)
    if all("samesite" in line for line in given):
        return Mark("cookies-secure-with-httponly-sessions-and-samesite", 5)
    return Mark("cookies-secure-with-httponly-sessions", 0)


def cross_origin_sharing(headers: Mapping[str, str]) -> Mark:
    """Access-Control-Allow-Origin."""
    allowed = headers.get("access-control-allow-origin")
    return Mark("cors", 0 if allowed is None else -50)


def strict_transport(headers: Mapping[str, str]) -> Mark:
    """Strict-Transport-Security."""
    found = re.search(r"max-age=(\d+)", headers.get("strict-transport-security", ""))
    if found is None:
        return Mark("hsts-not-implemented", -20)
    if int(found[1]) < SIX_MONTHS:
        return Mark("hsts-implemented-max-age-less-than-six-months", -10)
    return Mark("hsts-implemented-max-age-at-least-six-months", 0)


def referrer(headers: Mapping[str, str]) -> Mark:
    """Referrer-Policy."""
    value = headers.get("referrer-policy", "")
    if value in {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}:
        return Mark("referrer-policy-private", 5)
    return Mark("referrer-policy-unsafe" if value else "referrer-policy-not-implemented", -5 if value else 0)


def content_types(headers: Mapping[str, str]) -> Mark:
    """X-Content-Type-Options."""
    right = headers.get("x-content-type-options") == "nosniff"
    return Mark("x-content-type-options", 0 if right else -5)


def framing(headers: Mapping[str, str]) -> Mark:
    """Framing, by the policy or by X-Frame-Options."""
    ancestors = _policy(headers).get("frame-ancestors")
    if ancestors and set(ancestors) <= {"'none'", "'self'"}:
        return Mark("x-frame-options-implemented-via-csp", 5)
    right = headers.get("x-frame-options", "").upper() in {"DENY", "SAMEORIGIN"}
    return Mark("x-frame-options", 0 if right else -20)


def resource_policy(headers: Mapping[str, str]) -> Mark:
    """Cross-Origin-Resource-Policy."""
    value = headers.get("cross-origin-resource-policy", "")
    if value in {"same-origin", "same-site"}:
        return Mark("corp-implemented", 10)
    return Mark("corp-cross-origin" if value else "corp-not-implemented", -5 if value else 0)


RULES = (
    content_policy,
    cookies,
    cross_origin_sharing,
    strict_transport,
    referrer,
    content_types,
    framing,
    resource_policy,
)


def score(headers: Mapping[str, str]) -> tuple[int, list[Mark]]:
    """The score and each rule's mark; header names in lower case."""
    marks = [rule(headers) for rule in RULES]
    plain = START + sum(mark.points for mark in marks if mark.points < 0)
    bonus = sum(mark.points for mark in marks if mark.points > 0)
    return (plain + bonus if plain >= BONUS_FROM else max(plain, 0)), marks

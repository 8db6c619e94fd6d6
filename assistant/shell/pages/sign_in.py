"""Signing in, one's own account, and pages that are not for everybody: plain HTML of our own.

They work without Gradio and without any script, and are sent by `sign_in_routes` and `gate`.
Whatever a person or a provider wrote is escaped.
"""

from __future__ import annotations

from html import escape

from assistant.shell.texts import say
from knowledge.identity.access import Grant
from knowledge.identity.accounts import Account
from knowledge.models import Language

# A form that is sent without a referrer names no origin either, and would be refused as foreign.
_HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="referrer" content="same-origin"><meta name="color-scheme" content="light dark">'
    '<link rel="icon" href="/voz/mark.svg" type="image/svg+xml">'
    '<link rel="stylesheet" href="/voz/colours.css">'
    '<link rel="stylesheet" href="/voz/sign-in.css">'
)


def sign_in_page(
    language: Language,
    *,
    name: str = "",
    wanted: str = "/",
    problem: str | None = None,
    provider: bool = False,
) -> str:
    """The page that asks who somebody is.

    Args:
        language: of the interface.
        name: what was typed before.
        wanted: page to go to afterwards.
        problem: why it did not work, in the language.
        provider: whether one can sign in with an identity provider.
    """
    title = say(language, "sign_in")
    elsewhere = ""
    if provider:
        label = escape(say(language, "sign_in_provider"))
        other = escape(say(language, "sign_in_or"))
        elsewhere = (
            f'<p><a class="button" href="/login/oidc">{label}</a></p><p class="or">{other}</p>'
        )
    focus = "password" if name else "name"
    fields = _field("name", say(language, "sign_in_name"), "username", focus, value=name)
    fields += _field("password", say(language, "sign_in_password"), "current-password", focus)
    hidden = f'<input type="hidden" name="next" value="{escape(wanted)}">'
    hidden += f'<input type="hidden" name="lang" value="{language}">'
    form = _form("/login", f"{hidden}{fields}", title)
    tongues = _tongues(language)
    return _page(title, language, f"{tongues}{_problem(problem)}{elsewhere}{form}")


def account_page(
    language: Language, account: Account, *, must_change: bool, problem: str | None = None
) -> str:
    """One's own account: what it may do, its password, and the way out.

    Args:
        language: of the interface.
        account: whose it is.
        must_change: whether nothing else is possible before the password is changed.
        problem: why the password was not changed, in the language.
    """
    title = say(language, "password_change" if must_change else "account")
    known = f"<p>{escape(say(language, 'signed_in_as', name=account.display_name))}</p>"
    held = "" if must_change else _held(account, language)
    body = f"{known}{held}{_problem(problem)}{_password(language, account, must_change)}"
    back = ""
    if not must_change:
        back = f'<p><a href="/">{escape(say(language, "account_back"))}</a></p>'
    return _page(title, language, f"{body}{_sign_out(language)}{back}")


def refused_page(name: str, language: Language) -> str:
    """For somebody who is known, and may not see a page."""
    known = escape(say(language, "signed_in_as", name=name))
    hint = escape(say(language, "refused_hint"))
    account = escape(say(language, "account"))
    body = f'<p>{hint}</p><p>{known}</p><p><a href="/password">{account}</a></p>'
    return _page(say(language, "refused"), language, body + _sign_out(language))


def _page(title: str, language: Language, body: str) -> str:
    name = escape(say(language, "title"))
    heading = escape(title)
    return (
        f'<!doctype html><html lang="{language}"><head>{_HEAD}<title>{heading} · {name}</title>'
        f'</head><body><main><p class="brand">{name}</p><h1>{heading}</h1>{body}</main></body>'
        "</html>"
    )


def _problem(line: str | None) -> str:
    return f'<p class="problem" role="alert">{escape(line)}</p>' if line else ""


def _form(action: str, inner: str, button: str) -> str:
    return (
        f'<form method="post" action="{action}">{inner}'
        f'<button type="submit">{escape(button)}</button></form>'
    )


def _field(
    name: str, label: str, complete: str, focus: str = "", *, value: str = "", hint: str = ""
) -> str:
    """A labelled field; what is typed as a password is never sent back."""
    kind = "text" if name == "name" else "password"
    extra = ' autocapitalize="none" spellcheck="false"' if kind == "text" else ""
    extra += " autofocus" if focus == name else ""
    extra += f' value="{escape(value)}"' if value else ""
    told = f'<span class="hint" id="{name}-hint">{escape(hint)}</span>' if hint else ""
    extra += f' aria-describedby="{name}-hint"' if hint else ""
    return (
        f'<label for="{name}">{escape(label)}</label>{told}'
        f'<input id="{name}" name="{name}" type="{kind}" autocomplete="{complete}" required{extra}>'
    )


def _password(language: Language, account: Account, must_change: bool) -> str:
    if account.provider is not None:
        return f"<p>{escape(say(language, 'password_elsewhere', provider=account.provider))}</p>"
    why = say(language, "password_must") if must_change else ""
    heading = "" if must_change else f"<h2>{escape(say(language, 'password_change'))}</h2>"
    # Password managers file the new password under the name that stands in the form.
    owner = (
        f'<input type="text" name="username" value="{escape(account.name)}" '
        'autocomplete="username" hidden>'
    )
    fields = "".join(
        [
            _field("current", say(language, "password_current"), "current-password"),
            _field(
                "new",
                say(language, "password_new"),
                "new-password",
                hint=say(language, "password_rule"),
            ),
            _field("again", say(language, "password_again"), "new-password"),
        ]
    )
    form = _form("/password", f"{owner}{fields}", say(language, "password_change"))
    return f"{heading}{f'<p>{escape(why)}</p>' if why else ''}{form}"


def _held(account: Account, language: Language) -> str:
    heading = f"<h2>{escape(say(language, 'account_holds'))}</h2>"
    if not account.grants:
        return f"{heading}<p>{escape(say(language, 'account_holds_nothing'))}</p>"
    rows = "".join(f"<li>{_grant(grant, language)}</li>" for grant in sorted(account.grants))
    return f"{heading}<ul>{rows}</ul>"


def _grant(grant: Grant, language: Language) -> str:
    role = say(language, f"role_{grant.role}")
    return escape(say(language, "account_grant", role=role, audience=grant.audience))


def _sign_out(language: Language) -> str:
    label = escape(say(language, "sign_out"))
    return f'<form method="post" action="/logout"><button class="quiet">{label}</button></form>'


def _tongues(language: Language) -> str:
    other, name = ("en", "English") if language == "es" else ("es", "Español")
    link = f'<a href="?lang={other}" lang="{other}" hreflang="{other}">{name}</a>'
    return f'<p class="tongue">{link}</p>'

"""WordPress around the shop: the site's front page, the REST indexes and its users."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Any

from fluentcart_conformance.store.customers.forms import is_email
from fluentcart_conformance.store.db import Row
from fluentcart_conformance.store.http import Refusal, Request, Response
from fluentcart_conformance.store.routing import Routes
from fluentcart_conformance.store.values import integer
from fluentcart_conformance.store.wire.text import iso_offset

if TYPE_CHECKING:
    from fluentcart_conformance.store.shop import Shop

routes = Routes(namespace="")

_USERS = "/wp/v2/users"
_MANAGE_USERS = "wordpress/users"
_RIGHTS = {
    "administrator": ("read", "list_users", "create_users", "edit_users", "delete_users"),
}
_LOGIN = re.compile(r"[A-Za-z0-9 _.@-]{1,60}")


@routes.route("GET", "site:", operation="wp_front_page", public=True)
def front_page(request: Request, shop: Shop) -> Response:
    """The site root: a page that points to the REST root."""
    root = f"{request.site}{request.rest_root}/"
    name = shop.db.setting("store_name", "Shop")
    page = f"<!DOCTYPE html><html><head><title>{name}</title></head><body>{name}</body></html>"
    headers = {
        "Content-Type": "text/html; charset=UTF-8",
        "Link": f'<{root}>; rel="https://api.w.org/"',
    }
    return Response(200, headers=headers, raw=page.encode())


@routes.route("GET", "/", operation="wp_index", public=True)
def index(request: Request, shop: Shop) -> Response:
    """The REST root: site name, namespaces, routes."""
    root = f"{request.site}{request.rest_root}/"
    body = {
        "name": shop.db.setting("store_name", "Shop"),
        "description": "",
        "url": request.site,
        "home": request.site,
        "gmt_offset": "0",
        "timezone_string": "UTC",
        "namespaces": ["oembed/1.0", "fluent-cart/v2", "wp/v2"],
        "authentication": {
            "application-passwords": {
                "endpoints": {"authorization": f"{request.site}/wp-admin/authorize-application.php"}
            }
        },
        "routes": {"/": _route("", ["GET"], root), "/fluent-cart/v2": _namespace_route(request)},
    }
    return Response(200, body)


_INDEXED = (
    "/orders", "/customers", "/products", "/labels", "/coupons", "/shipping/zones",
    "/shipping/methods",
)  # fmt: skip


@routes.route("GET", "/fluent-cart/v2", operation="wp_namespace", public=True)
def namespace(request: Request, shop: Shop) -> Response:
    """The index of the plugin's namespace."""
    del shop
    base = f"{request.site}{request.rest_root}/fluent-cart/v2"
    found: dict[str, Any] = {"/fluent-cart/v2": _namespace_route(request)}
    for path in _INDEXED:
        found["/fluent-cart/v2" + path] = _route("fluent-cart/v2", ["GET", "POST"], base + path)
    body = {
        "namespace": "fluent-cart/v2",
        "routes": found,
        "_links": {"up": [{"href": f"{request.site}{request.rest_root}/"}]},
    }
    return Response(200, body)


@routes.route("GET", _USERS + "/me", operation="wp_me")
def me(request: Request, shop: Shop) -> Response:
    """The caller's own user."""
    row = shop.db.one("SELECT * FROM wp_users WHERE user_login = ?", (request.identity.user,))
    if row is None:
        raise _unknown_user()
    return Response(200, _user(row, request))


@routes.route("GET", _USERS, operation="wp_users", permission=_MANAGE_USERS)
def list_users(request: Request, shop: Shop) -> Response:
    """Users by id; `search` narrows, `include[]` picks."""
    search = str(request.query.get("search", "")).strip("*")
    rows = shop.db.all(
        "SELECT * FROM wp_users WHERE instr(lower(user_login || ' ' || user_email), lower(?)) "
        "ORDER BY id LIMIT ?",
        (search, min(max(integer(request.query.get("per_page")) or 10, 1), 100)),
    )
    return Response(200, [_user(row, request) for row in rows])


@routes.route("GET", _USERS + "/{id}", operation="wp_user", permission=_MANAGE_USERS)
def get_user(request: Request, shop: Shop) -> Response:
    """One user."""
    row = shop.db.get("wp_users", request.params["id"])
    if row is None:
        raise _unknown_user()
    return Response(200, _user(row, request))


@routes.route("POST", _USERS, operation="wp_create_user", permission=_MANAGE_USERS)
def create_user(request: Request, shop: Shop) -> Response:
    """A new subscriber: username, email and password are required; 201."""
    body = request.fields
    missing = [name for name in ("username", "email", "password") if not body.get(name)]
    if missing:
        message = f"Missing parameter(s): {', '.join(missing)}"
        raise Refusal(400, "rest_missing_callback_param", message, data={"params": missing})
    username, email = str(body["username"]), str(body["email"])
    if not _LOGIN.fullmatch(username) or not is_email(email):
        raise Refusal(400, "rest_invalid_param", "Invalid parameter(s): username, email")
    row = {
        "user_login": username,
        "user_email": email,
        "display_name": str(body.get("name") or username),
        "first_name": str(body.get("first_name") or ""),
        "last_name": str(body.get("last_name") or ""),
        "registered_at": shop.db.now(),
    }
    try:
        user_id = shop.db.insert_bare("wp_users", row)
    except sqlite3.IntegrityError:
        taken = "existing_user_login" if _login_taken(shop, username) else "existing_user_email"
        raise Refusal(400, taken, "Sorry, that user name or e-mail already exists!") from None
    created = shop.db.get("wp_users", user_id) or {}
    return Response(201, _user(created, request))


@routes.route("DELETE", _USERS + "/{id}", operation="wp_delete_user", permission=_MANAGE_USERS)
def delete_user(request: Request, shop: Shop) -> Response:
    """Delete a user: needs `force=true` and `reassign` (an id or false)."""
    row = shop.db.get("wp_users", request.params["id"])
    fields = request.fields
    if row is None:
        raise _unknown_user()
    if "reassign" not in fields:
        data = {"params": ["reassign"]}
        message = "Missing parameter(s): reassign"
        raise Refusal(400, "rest_missing_callback_param", message, data=data)
    if str(fields.get("force", "")).lower() not in ("1", "true"):
        message = "Users do not support trashing. Set 'force=true' to delete."
        raise Refusal(501, "rest_trash_not_supported", message)
    if row["user_login"] in {one.user for one in shop.identities.by_name.values()}:
        raise Refusal(403, "rest_user_cannot_delete", "Sorry, you are not allowed to do that.")
    shop.db.run("UPDATE customers SET user_id = NULL WHERE user_id = ?", (row["id"],))
    shop.db.delete("wp_users", row["id"])
    return Response(200, {"deleted": True, "previous": _user(row, request)})


def _login_taken(shop: Shop, username: str) -> bool:
    found = shop.db.value("SELECT 1 FROM wp_users WHERE user_login = ?", (username,))
    return found is not None


def _unknown_user() -> Refusal:
    return Refusal(404, "rest_user_invalid_id", "Invalid user ID.")


def _user(row: Row, request: Request) -> dict[str, Any]:
    link = f"{request.site}{request.rest_root}{_USERS}"
    return {
        "id": row["id"],
        "username": row["user_login"],
        "name": row["display_name"],
        "first_name": row["first_name"],
        "last_name": row["last_name"],
        "email": row["user_email"],
        "url": "",
        "description": "",
        "link": f"{request.site}/author/{row['user_login']}/",
        "locale": "en_US",
        "nickname": row["user_login"],
        "slug": row["user_login"].lower(),
        "roles": [row["role"]],
        "capabilities": dict.fromkeys(_RIGHTS.get(row["role"], ("read",)), True),
        "registered_date": iso_offset(row["registered_at"]),
        "meta": [],
        "_links": {"self": [{"href": f"{link}/{row['id']}"}], "collection": [{"href": link}]},
    }


def _route(namespace: str, methods: list[str], href: str) -> dict[str, Any]:
    return {
        "namespace": namespace,
        "methods": methods,
        "endpoints": [{"methods": methods, "args": []}],
        "_links": {"self": [{"href": href}]},
    }


def _namespace_route(request: Request) -> dict[str, Any]:
    href = f"{request.site}{request.rest_root}/fluent-cart/v2"
    return _route("fluent-cart/v2", ["GET"], href)

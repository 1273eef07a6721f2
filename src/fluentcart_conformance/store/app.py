"""The store as a function from request to response: routing, authentication, one transaction."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable

from fluentcart_conformance.store.body import parse_body
from fluentcart_conformance.store.http import Refusal, Request, Response
from fluentcart_conformance.store.routing import Route, Routes
from fluentcart_conformance.store.shop import Shop

Answerer = Callable[[Request], Response]
Middleware = Callable[[Request, Answerer], Response]


class App:
    """Answers requests. Wrap it with `use`, or replace services, SQL or single handlers.

    Attributes:
        shop: Database, wire layer, settings and domain services.
        routes: The routing table.
        middleware: Outermost first; each gets the request and the next answerer. They run
            outside the transaction, so they may sleep or look at the database.
    """

    def __init__(self, shop: Shop, routes: Routes) -> None:
        self.shop = shop
        self.routes = routes
        self.middleware: list[Middleware] = []
        self._pipeline: Answerer = self.answer

    def use(self, middleware: Middleware) -> None:
        """Wrap the app; the first one used is the outermost."""
        self.middleware.append(middleware)
        answerer: Answerer = self.answer
        for wrapper in reversed(self.middleware):
            answerer = _bind(wrapper, answerer)
        self._pipeline = answerer

    def handle(self, request: Request) -> Response:
        """Answer one request through all middleware; never raises."""
        try:
            return self._pipeline(request)
        except Exception:  # noqa: BLE001 - a server answers 500 rather than dropping the line
            traceback.print_exc(file=sys.stderr)
            body = {
                "code": "internal_server_error",
                "message": "The store failed to answer.",
                "data": {"status": 500},
            }
            return Response(500, body)

    def answer(self, request: Request) -> Response:
        """Answer one request: route, caller, permission, body, then the handler."""
        method = request.method
        path = request.path.rstrip("/") or "/"
        found = self.routes.match(method, path)
        if found is None:
            return self._without_route(method, path)
        route, request.params = found
        try:
            self.authorize(request, route)
            request.body = parse_body(request.raw, request.headers.get("content-type", ""))
            return self.call(request, route)
        except Refusal as refusal:
            return self.shop.wire.refusal(route.operation, refusal)

    def authorize(self, request: Request, route: Route) -> None:
        """Find out who calls and whether he may.

        Raises:
            Refusal: 401 without valid credentials, 403 without the permission.
        """
        if route.public:
            return
        caller = self.shop.identities.authenticate(request.headers.get("authorization"))
        if caller is None:
            raise Refusal(401, "rest_forbidden", "Sorry, you are not allowed to do that.")
        request.identity = caller
        if route.permissions and not caller.may(*route.permissions):
            raise Refusal(403, "rest_forbidden", "Sorry, you are not allowed to do that.")

    def call(self, request: Request, route: Route) -> Response:
        """Run the handler in one transaction; a refusal rolls everything back."""
        with self.shop.db.transaction() as transaction:
            response = route.handler(request, self.shop)
            if response.status >= 400:
                transaction.undo = True
            return response

    def _without_route(self, method: str, path: str) -> Response:
        if method == "OPTIONS":
            allowed = self.routes.allowed(path)
            if allowed:
                body = {"namespace": "fluent-cart/v2", "methods": allowed}
                return Response(200, body, {"Allow": ", ".join(allowed)})
        refusal = Refusal(
            404,
            "rest_no_route",
            "No route was found matching the URL and request method.",
        )
        return self.shop.wire.refusal("", refusal)


def _bind(wrapper: Middleware, inner: Answerer) -> Answerer:
    return lambda request: wrapper(request, inner)

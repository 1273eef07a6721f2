"""The wire layer of the plugin's profiles: bare answers, figures as text, field maps."""

from __future__ import annotations

from fluentcart_conformance.store.http import Refusal, Response
from fluentcart_conformance.store.profiles import Profile
from fluentcart_conformance.store.wire.base import Wire, wordpress_error
from fluentcart_conformance.store.wire.fluentcart_customers import FluentCartCustomers
from fluentcart_conformance.store.wire.orders_fluentcart import FluentCartOrders

_NESTED = {"get_customer": "Back to Customer List", "get_order": "Back to Order List"}


class FluentCartWire(Wire):
    """Speaks as FluentCart 1.3 or 1.5 does, with each refusal under its right status."""

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.orders = FluentCartOrders(profile)
        self.customers = FluentCartCustomers(profile, self.orders.renderer)

    def refusal(self, operation: str, refusal: Refusal) -> Response:
        """A field map for validation, a message otherwise; reading one unknown record nests it."""
        if refusal.code.startswith("rest_"):
            return wordpress_error(refusal)
        own = self.orders.refusal(operation, refusal)
        if own is not None:
            return own
        if refusal.fields is not None and refusal.status == 422:
            return Response(422, refusal.fields)
        if refusal.status == 404 and operation in _NESTED:
            what, route = operation.removeprefix("get_"), f"/{operation.removeprefix('get_')}s"
            data = {
                "message": f"{what.capitalize()} not found",
                "buttonText": _NESTED[operation],
                "route": route,
            }
            return Response(404, {"data": data, "code": "fluent_cart_entity_not_found"})
        body = {"message": refusal.message}
        if refusal.data is not None:
            body["data"] = refusal.data
        return Response(refusal.status, body)

"""Closed by default: a route answers only whom the policy table names."""

from flask import Flask, abort, request

from registry.domain.errors import NotAllowedError, SignInNeededError
from registry.identity.current import KEY_HEADER, SAFE_METHODS, current_actor
from registry.identity.policy import Access, access_to


def init_guard(app: Flask) -> None:
    """Look every request up in the policy table before anything else sees it."""

    @app.before_request
    def guard() -> None:
        if request.endpoint is None:
            return  # no such route: the ordinary 404 or 405 follows
        access = access_to(request.endpoint)
        if access is None:
            abort(404)
        if not access.public:
            _check(access)


def _check(access: Access) -> None:
    has_key = KEY_HEADER in request.headers
    if has_key != bool(access.scopes):
        raise SignInNeededError
    if has_key and request.method not in SAFE_METHODS:
        # To its end, before the key is looked up in a session that writes: however slowly a
        # programme sends, nobody waits for the write lock meanwhile. Forms are read already.
        request.get_data()
    actor = current_actor()
    if not access.scopes:
        if actor.role not in access.roles:
            raise NotAllowedError
        return
    method = "GET" if request.method in SAFE_METHODS else request.method
    scope = access.scopes[method]
    if scope is not None:
        actor.require(scope)

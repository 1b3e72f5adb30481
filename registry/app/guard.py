"""Closed by default: a route answers only whom the policy table names."""

from flask import Flask, abort, request, session

from registry.domain.errors import (
    NotAllowedError,
    ProofNeededError,
    SetUpNeededError,
    SignInNeededError,
)
from registry.identity.current import KEY_HEADER, SAFE_METHODS, current_account, current_actor
from registry.identity.policy import Access, access_to
from registry.identity.proof import is_fresh
from registry.identity.second_factor import needs_set_up


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
    if request.method not in SAFE_METHODS:
        # To its end, before anything is looked up in a session that writes: however slowly
        # somebody sends, nobody waits for the write lock meanwhile.
        request.get_data(parse_form_data=not has_key)
    actor = current_actor()
    if not access.scopes:
        if actor.role not in access.roles:
            raise NotAllowedError
        _check_proof(access)
        return
    method = "GET" if request.method in SAFE_METHODS else request.method
    scope = access.scopes[method]
    if scope is not None:
        actor.require(scope)


def _check_proof(access: Access) -> None:
    """Ask of a browser the second factor that its role must have, and a fresh proof where due."""
    if not access.early and needs_set_up(current_account()):
        raise SetUpNeededError
    if access.fresh and not is_fresh(session):
        raise ProofNeededError

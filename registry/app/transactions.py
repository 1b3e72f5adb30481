"""One transaction per request: it opens at first use and ends here, at the rim."""

from http import HTTPStatus

from flask import Flask, Response

from registry.identity.current import begin_request, close_request, end_request, note_key
from registry.storage.database import Database


def init_transactions(app: Flask, database: Database) -> None:
    """Commit after an answer that says yes, roll back after one that says no."""

    @app.before_request
    def begin() -> None:
        begin_request(database)

    @app.after_request
    def end(response: Response) -> Response:
        end_request(keep=response.status_code < HTTPStatus.BAD_REQUEST)
        return response

    @app.teardown_request
    def close(_error: BaseException | None) -> None:
        close_request()
        note_key()

"""The measure of `GET /api/v1/needs/{id}`: the least that Flask and SQLModel do for a row by id."""

import os

from flask import Flask, abort, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import MetaData, create_engine
from sqlmodel import Field, Session, SQLModel


class Bare(SQLModel):
    """Tables of this app alone."""

    metadata = MetaData()


class BareNeed(Bare, table=True):
    """The columns of a need that the API shows to a partner."""

    __tablename__ = "need"

    id: str = Field(primary_key=True)
    category: str
    country: str
    amount_requested: str | None
    needed_by: str | None
    months_covered: int | None
    urgency: str | None
    status: str


app = Flask(__name__)
engine = create_engine(os.environ.get("BENCH_DATABASE", "sqlite://"))


@app.get("/api/v1/needs/<need_id>")
def get_need(need_id: str) -> ResponseReturnValue:
    """Answer with the row as it is: no key, no permission, no schema."""
    with Session(engine) as session:
        need = session.get(BareNeed, need_id)
        if need is None:
            abort(404)
        return jsonify(need.model_dump())

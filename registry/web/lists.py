"""What stands under a list: where its next page is, and its beginning."""

from typing import Any

from flask import request, url_for

from registry.services.paging import ListPage


def page_links(page: ListPage, endpoint: str, **chosen: Any) -> dict[str, Any]:
    """Return what the macro `pages` draws under a list; `chosen` is what it is narrowed to."""
    cursor = page.next_cursor
    following = url_for(endpoint, cursor=cursor, **chosen) if cursor else ""
    beginning = url_for(endpoint, **chosen) if request.args.get("cursor") else ""
    return {"shown": len(page.items), "next_href": following, "first_href": beginning}

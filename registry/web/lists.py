"""What stands under a list: where its next page is, and its beginning."""

from typing import Any

from flask import request, url_for

from registry.services.paging import ListPage


def page_links(page: ListPage, endpoint: str) -> dict[str, Any]:
    """Return what the macro `pages` draws under a list."""
    following = url_for(endpoint, cursor=page.next_cursor) if page.next_cursor else ""
    beginning = url_for(endpoint) if request.args.get("cursor") else ""
    return {"shown": len(page.items), "next_href": following, "first_href": beginning}

"""A page as an outlet would send it, for articles that are fetched."""

from tests.captures.pages import PARAGRAPH

HEADLINE = "Tolls differ by a factor of ten"
CHANGED = "The ministry later spoke of five hundred and two of its own soldiers."


def news(*added: str, footer: str = "All rights reserved.", head: str = "") -> str:
    """An article of five paragraphs, and `added` ones at its end."""
    more = "".join(f"<p>{words}</p>" for words in added)
    return f"""<!doctype html><html lang="en"><head><title>{HEADLINE} - Daily</title>
<meta property="og:site_name" content="Daily"><meta name="author" content="Ann Writer">
<meta property="article:published_time" content="2022-03-02T10:00:00Z">{head}</head>
<body><article><h1>{HEADLINE}</h1><p>The ministry said that 498 of its soldiers were killed and
1,597 wounded since the fighting began last week.</p>{PARAGRAPH * 4}{more}</article>
<footer>{footer}</footer></body></html>"""

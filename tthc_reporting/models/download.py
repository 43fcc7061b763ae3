def download(url):
    """The action that gets a file from ``url``, a PDF in its own tab."""
    return {
        "type": "ir.actions.act_url",
        "url": url,
        "target": "new" if url.endswith("pdf") else "download",
    }

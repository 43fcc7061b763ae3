from odoo.http import content_disposition, request

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_response(content: bytes, name: str):
    """A file that the software made: by the ending of its name a PDF is shown, others saved."""
    kind = name.rpartition(".")[2]
    disposition = "inline" if kind == "pdf" else "attachment"
    return request.make_response(
        content,
        [
            ("Content-Type", TYPES[kind]),
            ("Content-Disposition", content_disposition(name, disposition)),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )

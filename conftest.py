"""What holds for every test: Odoo's log stays clean, as its own runner asks."""

import logging

import pytest


@pytest.fixture(autouse=True)
def clean_log(caplog):
    """A test fails when it leaves a warning or an error in the log; those it wants it mutes."""
    yield
    assert not [
        record.getMessage()
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING
    ]

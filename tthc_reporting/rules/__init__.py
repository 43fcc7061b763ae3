"""Periods and forms in plain Python: nothing here imports Odoo."""

"""The law's arithmetic in plain Python: nothing here imports Odoo."""

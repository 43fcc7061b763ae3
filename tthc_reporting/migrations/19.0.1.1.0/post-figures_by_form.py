def migrate(cr, version):
    """The figures of a period were those of form II.06a alone; now they are by form."""
    cr.execute(
        """
        UPDATE tthc_report_period SET figures = jsonb_build_object('II.06a', figures)
         WHERE figures ? 'columns'"""
    )

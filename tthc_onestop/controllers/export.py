from odoo.addons.web.controllers.export import CSVExport, ExcelExport, GroupExportXlsxWriter

from ..rules.feedback import harmless


class PlainWriter(GroupExportXlsxWriter):
    def __init__(self, fields, columns_headers, row_count):
        super().__init__(fields, columns_headers, row_count)
        self.worksheet.strings_to_formulas = self.worksheet.strings_to_urls = False


class PlainExcelExport(ExcelExport):
    """Odoo's Excel files with texts as texts: what people wrote is no formula and no link."""

    def from_group_data(self, fields, columns_headers, groups):
        with PlainWriter(fields, columns_headers, groups.count) as writer:
            place = 1, 0
            for name, group in groups.children.items():
                place = writer.write_group(*place, name, group)
        return writer.value

    def from_data(self, fields, columns_headers, rows):
        with PlainWriter(fields, columns_headers, len(rows)) as writer:
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    writer.write_cell(number, column, value)
        return writer.value


class PlainCsvExport(CSVExport):
    """Odoo quotes what begins with =, + or -; a spreadsheet reads more than that as a formula."""

    def from_data(self, fields, columns_headers, rows):
        rows = [[harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
        return super().from_data(fields, columns_headers, rows)

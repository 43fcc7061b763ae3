import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Component} from "@odoo/owl";

/** The sheet of an official form: merged heading, figures that open their dossiers, identities. */
export class MatrixField extends Component {
    static template = "tthc_reporting.MatrixField";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get sheet() {
        return this.props.record.data[this.props.name];
    }

    get headingRows() {
        const rows = [];
        for (const cell of this.sheet.headings) {
            (rows[cell.row] ||= []).push(cell);
        }
        return rows.map((row) => row.sort((a, b) => a.column - b.column));
    }

    get figureKeys() {
        return this.sheet.columns.slice(2).map((column) => column.key);
    }

    get lines() {
        return [...this.sheet.rows, this.sheet.total];
    }

    async openDossiers(column, rowKey) {
        const args = [[this.props.record.resId], column, rowKey];
        this.action.doAction(
            await this.orm.call("tthc.report.period", "action_open_dossiers", args)
        );
    }
}

registry.category("fields").add("tthc_matrix", {
    component: MatrixField,
    displayName: _t("Official form"),
    supportedTypes: ["json"],
});

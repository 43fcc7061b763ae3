import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Component, useState} from "@odoo/owl";

/** The sheets of official forms: merged heading, figures that open their dossiers, identities. */
export class MatrixField extends Component {
    static template = "tthc_reporting.MatrixField";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({code: null});
    }

    get sheets() {
        return this.props.record.data[this.props.name] || {};
    }

    /** The form that is shown: the one chosen, as long as the record has it, or the first. */
    get code() {
        const codes = Object.keys(this.sheets);
        return codes.includes(this.state.code) ? this.state.code : codes[0];
    }

    get sheet() {
        return this.sheets[this.code];
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

    /** The lines and the total; those of the uppermost level are numbered. */
    get lines() {
        let order = 0;
        const rows = this.sheet.rows.map((row) => ({...row, order: row.level ? "" : ++order}));
        return [...rows, {...this.sheet.total, order: ""}];
    }

    async openDossiers(column, rowKey) {
        const args = [[this.props.record.resId], this.code, column, rowKey];
        this.action.doAction(
            await this.orm.call(this.props.record.resModel, "action_open_dossiers", args)
        );
    }
}

registry.category("fields").add("tthc_matrix", {
    component: MatrixField,
    displayName: _t("Official forms"),
    supportedTypes: ["json"],
});

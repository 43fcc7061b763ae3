import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Component} from "@odoo/owl";

/** What breaks the statistics of a period, each problem with a link to what has it. */
export class QualityField extends Component {
    static template = "tthc_reporting.QualityField";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get problems() {
        return this.props.record.data[this.props.name] || [];
    }

    async openDossiers(kind) {
        const {resId, resModel} = this.props.record;
        this.action.doAction(
            await this.orm.call(resModel, "action_open_problem", [[resId], kind])
        );
    }
}

registry.category("fields").add("tthc_quality", {
    component: QualityField,
    displayName: _t("Data quality"),
    supportedTypes: ["json"],
});

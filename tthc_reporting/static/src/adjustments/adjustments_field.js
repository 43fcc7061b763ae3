import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Component} from "@odoo/owl";

/** What happened to dossiers and feedback that a sealed report has told of, each with a link. */
export class AdjustmentsField extends Component {
    static template = "tthc_reporting.AdjustmentsField";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
        this.labels = {
            late: _t("Received in the sealed period, entered in this one"),
            reopen: _t("Reopened: it was ended in the sealed period"),
            correct_result: _t("Its result was corrected"),
            entered_late: _t("Entered after the last day, as of this period"),
        };
    }

    get adjustments() {
        return this.props.record.data[this.props.name] || [];
    }

    open(line) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: line.model,
            res_id: line.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("fields").add("tthc_adjustments", {
    component: AdjustmentsField,
    displayName: _t("Adjustments"),
    supportedTypes: ["json"],
});

import {Component} from "@odoo/owl";
import {formatFloatTime} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** Minutes by holder as one stacked bar; the names are those of the field "holder". */
export class HoldingBar extends Component {
    static template = "tthc_onestop.HoldingBar";
    static props = {...standardFieldProps};

    get minutes() {
        return this.props.record.data[this.props.name] || {};
    }

    get total() {
        return Object.values(this.minutes).reduce((sum, minutes) => sum + minutes, 0);
    }

    get parts() {
        const {minutes, total} = this;
        return this.props.record.fields.holder.selection
            .filter(([holder]) => holder in minutes)
            .map(([holder, label]) => ({
                holder,
                label,
                time: this.format(minutes[holder]),
                share: total ? (100 * minutes[holder]) / total : 0,
            }));
    }

    format(minutes) {
        return formatFloatTime(minutes / 60);
    }
}

registry.category("fields").add("tthc_holding_bar", {
    component: HoldingBar,
    supportedTypes: ["json"],
    fieldDependencies: [{name: "holder", type: "selection", selection: []}],
});

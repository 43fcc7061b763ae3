import {Component, onWillDestroy, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

/** Draws many slips, a few at a time, and then offers them as one file. */
export class SlipPrinting extends Component {
    static template = "tthc_onestop.SlipPrinting";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.params = this.props.action.params;
        this.state = useState({done: 0, failed: false});
        onWillDestroy(() => {
            this.closed = true;
        });
        this.draw();
    }

    get label() {
        return _t("Slips drawn:");
    }

    get total() {
        return this.params.ids.length;
    }

    get share() {
        return Math.round((100 * this.state.done) / this.total);
    }

    get url() {
        return `/tthc/slips?ids=${this.params.ids.join(",")}`;
    }

    /** Draws a few more, and says how many are drawn by now. */
    async drawPart() {
        const {ids, at_once} = this.params;
        const part = ids.slice(this.state.done, this.state.done + at_once);
        await this.orm.silent.call("tthc.dossier.slip", "draw", [part]);
        return this.state.done + part.length;
    }

    async draw() {
        this.state.failed = false;
        try {
            while (this.state.done < this.total && !this.closed) {
                this.state.done = await this.drawPart();
            }
        } catch (error) {
            // What is drawn stays drawn: trying again goes on from here
            this.state.failed = true;
            throw error;
        }
    }
}

registry.category("actions").add("tthc_print_slips", SlipPrinting);

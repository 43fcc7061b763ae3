import {Component, onWillDestroy, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

/** Draws many slips, a few at a time, and then offers them as one file. */
export class SlipPrinting extends Component {
    static template = "tthc_onestop.SlipPrinting";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        const {ids, at_once} = this.props.action.params;
        this.ids = ids;
        this.atOnce = at_once;
        this.state = useState({done: 0, failed: false});
        onWillDestroy(() => {
            this.closed = true;
        });
        this.draw();
    }

    get total() {
        return this.ids.length;
    }

    get share() {
        return Math.round((100 * this.state.done) / this.total);
    }

    get url() {
        return `/tthc/slips?ids=${this.ids.join(",")}`;
    }

    async draw() {
        this.state.failed = false;
        try {
            while (this.state.done < this.total && !this.closed) {
                const part = this.ids.slice(this.state.done, this.state.done + this.atOnce);
                await this.orm.silent.call("tthc.dossier.slip", "draw", [part]);
                this.state.done += part.length;
            }
        } catch (error) {
            // What is drawn stays drawn: trying again goes on from here
            this.state.failed = true;
            throw error;
        }
    }
}

registry.category("actions").add("tthc_print_slips", SlipPrinting);

import {SlipPrinting} from "@tthc_onestop/slip_printing/slip_printing";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** Draws a long register, a few hundred dossiers at a time, and then offers it as one file. */
export class RegisterPrinting extends SlipPrinting {
    get label() {
        return _t("Dossiers drawn:");
    }

    get total() {
        return this.params.total;
    }

    get url() {
        return `/tthc/register/${this.params.id}/pdf`;
    }

    async drawPart() {
        return this.orm.silent.call("tthc.dossier.register", "draw_part", [[this.params.id]]);
    }
}

registry.category("actions").add("tthc_print_register", RegisterPrinting);

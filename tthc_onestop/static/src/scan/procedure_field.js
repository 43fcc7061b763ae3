import {Many2One} from "@web/views/fields/many2one/many2one";
import {
    Many2OneField,
    buildM2OFieldDescription,
} from "@web/views/fields/many2one/many2one_field";
import {isCode, openCode} from "./open_code";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** Offers the dossier of a code, which Enter takes like any other suggestion. */
class ProcedureOrDossier extends Many2One {
    get many2XAutocompleteProps() {
        return {
            ...super.many2XAutocompleteProps,
            otherSources: [{options: (text) => (isCode(text) ? [this.dossier(text)] : [])}],
        };
    }

    dossier(code) {
        return {
            label: _t("Open dossier %s", code.toUpperCase()),
            onSelect: () => {
                this.input.value = this.displayName;
                this.state.isFloating = false;
                openCode(this.env.services, code);
            },
        };
    }
}

/** The desk's cursor waits in this field: a code that is scanned into it opens its dossier. */
class ProcedureField extends Many2OneField {
    static components = {Many2One: ProcedureOrDossier};
}

registry.category("fields").add("tthc_procedure", buildM2OFieldDescription(ProcedureField));

import {SearchModel} from "@web/search/search_model";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {listView} from "@web/views/list/list_view";
import {isCode, openCode} from "./open_code";
import {registry} from "@web/core/registry";

/** A whole code in the search box opens its dossier; everything else is searched for. */
export class DossierSearchModel extends SearchModel {
    addAutoCompletionValues(searchItemId, autocompleteValue) {
        if (isCode(autocompleteValue.value)) {
            openCode(this.env.services, autocompleteValue.value);
        } else {
            super.addAutoCompletionValues(searchItemId, autocompleteValue);
        }
    }
}

const views = registry.category("views");
views.add("tthc_dossier_kanban", {...kanbanView, SearchModel: DossierSearchModel});
views.add("tthc_dossier_list", {...listView, SearchModel: DossierSearchModel});

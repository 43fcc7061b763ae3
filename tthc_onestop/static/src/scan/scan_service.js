import {isCode, openCode} from "./open_code";
import {registry} from "@web/core/registry";

/** A code that is scanned anywhere, with no field to type in, opens its dossier. */
registry.category("services").add("tthc_scan", {
    dependencies: ["action", "barcode", "notification", "orm"],
    start(env, services) {
        services.barcode.bus.addEventListener("barcode_scanned", ({detail}) => {
            if (isCode(detail.barcode)) {
                openCode(services, detail.barcode);
            }
        });
    },
});

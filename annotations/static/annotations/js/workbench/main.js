// The workbench: everything that a script adds to the page, one behaviour per module.

import "./forms.js";
import "./panel.js";
import "./lights.js";
import "./selection.js";
import "./bar.js";
import "./keys.js";
import "./cursor.js";
import "./drafts.js";
import "./rows.js";
import "./live.js";
import { root } from "./page.js";

root?.classList.add("workbench--live");

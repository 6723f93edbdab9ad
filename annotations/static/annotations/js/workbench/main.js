// The workbench: everything that a script adds to the page, one behaviour per module.

import "./forms.js";
import "./panel.js";
import "./panel-fit.js";
import "./sheet.js";
import "./lights.js";
import "./selection.js";
import "./waiting.js";
import "./bar.js";
import "./already.js";
import "./cursor.js";
import "./keys.js";
import "./in-sight.js";
import "./handles.js";
import "./two-tap.js";
import "./carry.js";
import "./links.js";
import "./undo.js";
import "./drafts.js";
import "./changes.js";
import "./rows.js";
import "./live.js";
import "./minimap.js";
import "./unsent.js";
import "./focus.js";
import "./print.js";
import "../suggested-label.js";
import { root } from "./page.js";

root?.classList.add("workbench--live");

// What the forms of claims and chains do with a script, beside a text or on a page of their own.

import "./hops.js";
import "./proposals.js";
import "./sources.js";

document.documentElement.classList.add("is-live");

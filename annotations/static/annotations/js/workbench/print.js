// The page of all claims, opened to be printed.

if (location.hash === "#print") window.addEventListener("load", () => window.print());

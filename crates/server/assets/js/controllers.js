// Every behaviour by the name that `data-controller` uses.
import Look from "./look.js";
import Rail from "./rail.js";
import Sheet from "./sheet.js";
import Toasts from "./toasts.js";

export const controllers = { look: Look, rail: Rail, sheet: Sheet, toasts: Toasts };

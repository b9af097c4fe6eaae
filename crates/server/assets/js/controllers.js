// Every behaviour by the name that `data-controller` uses.
import Dialog from "./dialog.js";
import Look from "./look.js";
import Menu from "./menu.js";
import More from "./more.js";
import Rail from "./rail.js";
import Sheet from "./sheet.js";
import Toasts from "./toasts.js";

export const controllers = { dialog: Dialog, look: Look, menu: Menu, more: More, rail: Rail, sheet: Sheet, toasts: Toasts };

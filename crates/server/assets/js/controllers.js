// Every behaviour by the name that `data-controller` uses.
import Arrival from "./arrival.js";
import Dialog from "./dialog.js";
import List from "./list.js";
import Look from "./look.js";
import Menu from "./menu.js";
import More from "./more.js";
import Palette from "./palette.js";
import Rail from "./rail.js";
import Sheet from "./sheet.js";
import Toasts from "./toasts.js";

export const controllers = {
  arrival: Arrival,
  dialog: Dialog,
  list: List,
  look: Look,
  menu: Menu,
  more: More,
  palette: Palette,
  rail: Rail,
  sheet: Sheet,
  toasts: Toasts,
};

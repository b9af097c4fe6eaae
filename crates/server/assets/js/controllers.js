// Every behaviour by the name that `data-controller` uses. Those of few pages come with the first of these.
import Arrival from "./arrival.js";
import Autosend from "./autosend.js";
import Beginning from "./beginning.js";
import Bulk from "./bulk.js";
import Composer from "./composer.js";
import DateField from "./date.js";
import Dialog from "./dialog.js";
import Guard from "./guard.js";
import List from "./list.js";
import Look from "./look.js";
import Mention from "./mention.js";
import Menu from "./menu.js";
import More from "./more.js";
import Palette from "./palette.js";
import Panel from "./panel.js";
import Presence from "./presence.js";
import Quick from "./quick.js";
import Rail from "./rail.js";
import Replies from "./replies.js";
import SearchSelect from "./search-select.js";
import Sheet from "./sheet.js";
import Thread from "./thread.js";
import Toasts from "./toasts.js";

const controllers = {
  arrival: Arrival,
  autosend: Autosend,
  beginning: Beginning,
  bulk: Bulk,
  composer: Composer,
  date: DateField,
  dialog: Dialog,
  guard: Guard,
  list: List,
  look: Look,
  mention: Mention,
  menu: Menu,
  more: More,
  palette: Palette,
  panel: Panel,
  presence: Presence,
  quick: Quick,
  rail: Rail,
  replies: Replies,
  "search-select": SearchSelect,
  sheet: Sheet,
  thread: Thread,
  toasts: Toasts,
};

const late = {
  copy: () => import("./copy.js"),
  follow: () => import("./follow.js"),
  lines: () => import("./lines.js"),
  notify: () => import("./notify.js"),
  passkey: () => import("./passkey.js"),
  print: () => import("./print.js"),
  search: () => import("./search.js"),
  segment: () => import("./segment.js"),
  who: () => import("./who.js"),
};

/// Registers the behaviours that every page may need, and of the others what is needed by now and later.
export function start(application) {
  for (const [name, controller] of Object.entries(controllers)) application.register(name, controller);
  const look = () => {
    for (const [name, load] of Object.entries(late)) {
      if (!document.querySelector(`[data-controller~="${name}"]`)) continue;
      delete late[name];
      // What could not be loaded is tried again with what comes next.
      load().then(
        (behaviour) => application.register(name, behaviour.default),
        () => (late[name] = load),
      );
    }
  };
  look();
  for (const event of ["turbo:load", "turbo:render", "turbo:frame-render"]) document.addEventListener(event, look);
}

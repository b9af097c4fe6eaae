// Every behaviour by the name that `data-controller` uses.
import Arrival from "./arrival.js";
import Autosend from "./autosend.js";
import Beginning from "./beginning.js";
import Bulk from "./bulk.js";
import Composer from "./composer.js";
import DateField from "./date.js";
import Copy from "./copy.js";
import Dialog from "./dialog.js";
import Guard from "./guard.js";
import Lines from "./lines.js";
import List from "./list.js";
import Look from "./look.js";
import Mention from "./mention.js";
import Menu from "./menu.js";
import More from "./more.js";
import Palette from "./palette.js";
import Passkey from "./passkey.js";
import Panel from "./panel.js";
import Presence from "./presence.js";
import Print from "./print.js";
import Quick from "./quick.js";
import Rail from "./rail.js";
import Replies from "./replies.js";
import SearchSelect from "./search-select.js";
import Search from "./search.js";
import Segment from "./segment.js";
import Sheet from "./sheet.js";
import Thread from "./thread.js";
import Toasts from "./toasts.js";
import Who from "./who.js";

export const controllers = {
  arrival: Arrival,
  autosend: Autosend,
  beginning: Beginning,
  bulk: Bulk,
  composer: Composer,
  date: DateField,
  copy: Copy,
  dialog: Dialog,
  guard: Guard,
  lines: Lines,
  list: List,
  look: Look,
  mention: Mention,
  menu: Menu,
  more: More,
  palette: Palette,
  passkey: Passkey,
  panel: Panel,
  presence: Presence,
  print: Print,
  quick: Quick,
  rail: Rail,
  replies: Replies,
  "search-select": SearchSelect,
  search: Search,
  segment: Segment,
  sheet: Sheet,
  thread: Thread,
  toasts: Toasts,
  who: Who,
};

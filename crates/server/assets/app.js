// Starts Turbo (links, forms, morphing refresh) and Stimulus (small behaviours).
import "./vendor/turbo.js";
import { Application } from "./vendor/stimulus.js";
import { start } from "./js/controllers.js";
import "./js/choices.js";
import "./js/connection.js";
import "./js/frames.js";
import "./js/keyboard.js";
import "./js/live.js";
import "./js/morph.js";
import "./js/over.js";
import "./js/shell.js";
import "./js/unread.js";

start(Application.start());

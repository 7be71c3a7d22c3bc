/* The page for stepping through what happened. `mount` is all that a host needs: it fills an element
   with a player of the data that conclang wrote. Options: `address` (keep the moment in the page's
   address as #t=17), `theme` ("auto", "light", "dark"). */

import { card, fresh, h, icon, put, say, visible } from "./dom.js";
import { Play } from "./model.js";
import { Source } from "./source.js";
import { Timeline } from "./timeline.js";
import { Waits } from "./waits.js";
import { Events, Metrics, Output, Shared, Things, Threads, expectations, linked, outcomes, summary, tickLink, verdictBadge } from "./panels.js";

const KEYS = [
  ["← →", "the moment before, the next moment at which something happens"],
  ["Shift ← →", "one tick back or on"],
  ["Home End", "to the beginning, to the end"],
  ["Space", "play, pause"],
  ["n p", "the next finding, the one before"],
  ["+ − 0", "timeline: nearer, farther, the whole run"],
  ["l", "light or dark"],
  ["?", "this help"],
];
const SPEEDS = [["0.5×", 1600], ["1×", 800], ["2×", 400], ["5×", 160], ["20×", 40]];
const KIND_WORDS = { lost_update: "lost update" };

class Page {
  constructor(root, data, options) {
    this.root = root;
    this.data = data;
    this.options = options;
    this.plays = [];
    this.number = -1; // of the play
    this.finding = -1;
    this.tick = 0;
    this.timer = 0;
    this.speed = 1;
    this._build();
    this._listen();
    this._theme(options.theme || "auto");
    this._start();
  }

  // -- what is there -----------------------------------------------------------------------------

  _build() {
    const { data, root } = this;
    root.classList.add("cl");
    this.live = h("div", { class: "sr", "aria-live": "polite", role: "status" });
    this.main = h("main", { class: "main", id: fresh("main"), tabindex: "-1" });
    this.help = this._help();
    put(root,
      h("a", { class: "skip", href: `#${this.main.id}`, onclick: (event) => { event.preventDefault(); this.main.focus(); } }, "Skip to the run"),
      this._header(), this.main, this.live, this.help);
    this._tops();
    const canPlay = data.plays.length > 0;
    if (canPlay) this.main.append(this._transport(), this._timelineCard());
    else this.main.append(h("p", { class: "dim" }, whyStill(data)));
    this.main.append(this._columns(canPlay));
    if (data.notes.length) {
      if (canPlay) this.main.append(this._notes());
      else this.main.prepend(this._notes());
    }
  }

  _header() {
    const { data } = this;
    const title = data.title || data.file;
    this.facts = h("p", { class: "facts" });
    const button = (name, words, action) => h("button", { type: "button", class: "button", title: words, "aria-label": words, onclick: action }, icon(name));
    this.themeButton = button("dark", "Light or dark (l)", () => this._toggle());
    return h("header", { class: "head" },
      h("div", { class: "head-text" },
        h("div", { class: "title-row" }, h("h1", { dir: "auto" }, title), verdictBadge(data.verdict[0])),
        this.facts),
      h("div", { class: "head-buttons" }, this.themeButton, button("help", "Keys and help (?)", () => this._openHelp())));
  }

  _showFacts() {
    const { data } = this;
    const raw = this.play && this.play.raw;
    const facts = [data.file];
    if (raw && data.form !== "check") {
      const cores = raw.cores.length;
      facts.push(raw.policy);
      if (cores) facts.push(`${cores} core${cores === 1 ? "" : "s"}`);
      if (raw.seed) facts.push(`seed ${raw.seed}`);
      facts.push(`${raw.outcome[0]} at ${raw.unit} ${raw.ticks}`);
    } else if (data.form === "check" && data.verdict[0] !== "not checked") facts.push("all schedules");
    if (data.verdict[1]) facts.push(data.verdict[1]);
    if (data.divergence) facts.push(`diverges: ${data.divergence}`);
    put(this.facts, facts.map((fact, i) => [i > 0 && h("span", { class: "dot", "aria-hidden": "true" }, " · "), h("bdi", null, fact)]));
  }

  _notes() {
    const { section, body } = card("Reports", "notes");
    put(body, h("ul", null, this.data.notes.map(([severity, line, message]) => h("li", { class: severity }, h("b", null, `${severity} `), line > 0 && `line ${line}: `, message))));
    return section;
  }

  /** Findings, expectations and outcomes. */
  _tops() {
    const { data } = this;
    if (data.findings.length) this.main.append(this._findings());
    const pair = h("div", { class: "pair" });
    if (data.expectations.length) {
      const { section, body } = card("Expectations", "expectations");
      put(body, expectations(data.expectations, this));
      pair.append(section);
    }
    if (data.outcomes.length) {
      const { section, body } = card("Outcomes", "outcomes");
      put(body, outcomes(data.outcomes));
      pair.append(section);
    }
    if (pair.children.length) this.pair = pair;
    if (this.pair && data.form === "check") this.main.append(pair);
  }

  _findings() {
    const { data } = this;
    const many = data.findings.length > 1;
    const step = (words, name, by) => h("button", { type: "button", class: "button small", title: words, "aria-label": words, onclick: () => this.cycle(by) }, icon(name));
    const { section, body } = card(many ? `Findings (${data.findings.length})` : "Finding", "findings",
      many && h("div", { class: "group" }, step("Finding before (p)", "back", -1), step("Next finding (n)", "next", 1)));
    this.tabs = data.findings.map((found, number) => h("button", {
      type: "button", class: `finding-tab ${weight(found)}`, "aria-pressed": "false", onclick: () => this.choose(number),
    }, h("span", { class: "kind" }, KIND_WORDS[found.kind] || found.kind), h("span", { class: "what" }, h("bdi", null, messageOf(found)))));
    this.detail = h("div", { class: "finding-detail" });
    put(body, many && h("div", { class: "finding-tabs", role: "group", "aria-label": "Findings" }, this.tabs), this.detail);
    return section;
  }

  _transport() {
    const button = (name, words, action) => h("button", { type: "button", class: "button", title: words, "aria-label": words, onclick: action }, icon(name));
    this.playButton = button("play", "Play (Space)", () => this.toggle());
    this.slider = h("input", {
      type: "range", class: "slider", min: 0, step: 1, value: 0, "aria-label": "Moment",
      oninput: () => this.go(Number(this.slider.value), { stop: true }),
      onchange: () => this._remember(true),
    });
    this.where = h("output", { class: "where", "aria-hidden": "true" });
    this.speeds = h("select", { class: "select", "aria-label": "Speed", onchange: () => { this.speed = Number(this.speeds.value); this._again(); } },
      SPEEDS.map(([words], i) => h("option", { value: i, selected: i === this.speed }, words)));
    this.said = h("p", { class: "said", "aria-hidden": "true" });
    return h("section", { class: "transport", "aria-label": "Step through" },
      h("div", { class: "transport-row" },
        h("div", { class: "group", role: "group", "aria-label": "Step" },
          button("first", "To the beginning (Home)", () => this.go(0, { push: true, stop: true })),
          button("back", "Step back (←)", () => this.step(-1)),
          this.playButton,
          button("next", "Step forward (→)", () => this.step(1)),
          button("last", "To the end (End)", () => this.go(this.play.ticks, { push: true, stop: true }))),
        this.slider, this.where, this.speeds),
      this.said);
  }

  _timelineCard() {
    const { section, body } = card("Timeline", "timeline");
    this.timeline = new Timeline(body, this.data, (tick) => this.go(tick, { stop: true }));
    section.querySelector(".card-head").append(this.timeline.controls());
    return section;
  }

  _columns(canPlay) {
    const { data } = this;
    const source = card("Source", "source");
    this.source = new Source(source.body, data);
    if (!canPlay) return h("div", { class: "columns lonely" }, source.section);
    const cards = {};
    const panel = (name, title, Kind, argument) => {
      const { section, body } = card(title, name);
      cards[name] = section;
      this[name] = new Kind(body, argument);
      return this[name];
    };
    this.panels = [
      panel("threads", "Threads", Threads, this), panel("shared", "Shared variables", Shared, data),
      panel("things", "Locks and channels", Things, data), panel("waits", "Who waits for whom", Waits, data),
      panel("output", "Output", Output, null), panel("events", "Events", Events, this),
      panel("metrics", "Metrics", Metrics, null),
    ];
    const timed = data.plays.some((play) => play.metrics);
    return h("div", null,
      h("div", { class: "columns three" },
        h("div", { class: "column" }, source.section),
        h("div", { class: "column" }, cards.threads, cards.waits),
        h("div", { class: "column" }, data.cells.length > 0 && cards.shared, data.things.length > 0 && cards.things, cards.output)),
      h("div", { class: `columns${timed ? "" : " lonely"}` },
        h("div", { class: "column" }, cards.events),
        (timed || (this.pair && data.form !== "check")) && h("div", { class: "column" }, timed && cards.metrics, data.form !== "check" && this.pair)));
  }

  _help() {
    const id = fresh("h");
    const dialog = h("dialog", { class: "help", "aria-labelledby": id },
      h("h2", { id }, "Keys"),
      h("table", null, h("tbody", null, KEYS.map(([keys, words]) => h("tr", null, h("th", { scope: "row" }, keys.split(" ").map((key) => h("kbd", null, key))), h("td", null, words))))),
      h("p", { class: "dim" }, "A click or a drag on the timeline goes to that moment; Ctrl and the wheel zoom, Shift and a drag pan. The address keeps the moment: #t=17."),
      h("form", { method: "dialog" }, h("button", { class: "button wide", autofocus: true }, "Close")));
    return dialog;
  }

  _openHelp() {
    if (!this.help.open) this.help.showModal();
  }

  // -- which run, which moment -------------------------------------------------------------------

  _start() {
    const { data } = this;
    const asked = this._address();
    const firstBad = data.findings.findIndex((found) => found.play >= 0 && found.fails);
    const first = firstBad >= 0 ? firstBad : data.findings.findIndex((found) => found.play >= 0);
    const finding = asked.finding >= 0 && asked.finding < data.findings.length ? asked.finding : Math.max(first, data.findings.length ? 0 : -1);
    this._select(finding);
    this._showFacts();
    if (!this.play) return;
    const start = asked.tick >= 0 ? asked.tick : 0;
    this.go(start, { silent: true, quiet: true });
  }

  /** A finding and its play. */
  _select(number) {
    const found = this.data.findings[number];
    this.finding = number;
    const wanted = found ? found.play : 0;
    if (wanted >= 0 && wanted !== this.number && this.data.plays[wanted]) this._load(wanted);
    if (found) this._showFinding(found, number);
    if (!this.play && this.data.plays.length) this._load(0);
    this._flags();
  }

  _load(number) {
    if (!this.plays[number]) this.plays[number] = new Play(this.data.plays[number], this.data);
    this.number = number;
    this.play = this.plays[number];
    this.slider.max = this.play.ticks;
    for (const panel of this.panels) if (panel.load) panel.load(this.play);
    this.timeline.load(this.play, []);
  }

  _flags() {
    if (!this.play) return;
    const flags = this.data.findings.filter((found) => found.play === this.number).map((found) => found.tick);
    this.timeline.flags = [...new Set(flags)];
    this.timeline.ask();
  }

  _showFinding(found, number) {
    if (this.tabs) this.tabs.forEach((tab, i) => tab.setAttribute("aria-pressed", String(i === number)));
    this.source.mark(found.marks);
    const unit = this.play ? this.play.unit : "step";
    const there = found.play >= 0 ? tickLink(found.tick, `Go to ${unit} ${found.tick}`, (tick) => this.jump(tick)) : null;
    if (there) there.className = "button wide";
    const decisive = (found.decisive || []).filter((step) => step !== found.tick);
    put(this.detail,
      h("p", { class: "message" }, h("span", { class: `kind ${weight(found)}` }, KIND_WORDS[found.kind] || found.kind),
        h("strong", null, linked(messageOf(found), this)), found.expected && h("span", { class: "chip quiet" }, "expected")),
      found.cause && h("p", { class: "cause" }, linked(found.cause, this)),
      h("p", { class: "links" }, there,
        decisive.length > 0 && h("span", { class: "decisive" }, "decisive: ", decisive.slice(0, 12).map((step) => [tickLink(step, `${unit} ${step}`, (tick) => this.jump(tick)), " "])),
        found.play < 0 && h("span", { class: "dim" }, "There is no schedule to play for this one.")),
      found.schedule && h("details", { class: "schedule" }, h("summary", null, "Schedule"), h("code", null, found.schedule)));
  }

  /** The finding chosen by a person. */
  choose(number) {
    this.pause();
    this._select(number);
    const found = this.data.findings[number];
    if (this.play && found.play >= 0) this.go(this.data.form === "check" ? 0 : found.tick, { push: true });
    else this._remember(true);
  }

  cycle(by) {
    const count = this.data.findings.length;
    if (count) this.choose((this.finding + by + count) % count);
  }

  step(by) {
    if (!this.play) return;
    this.go(this.play.neighbour(this.tick, by), { stop: true });
  }

  /** A link to a moment. */
  jump(tick) {
    this.go(tick, { push: true, stop: true });
  }

  go(tick, how = {}) {
    if (!this.play) return;
    if (how.stop) this.pause();
    this.tick = Math.max(0, Math.min(this.play.ticks, Math.round(tick) || 0));
    if (!how.silent) this._remember(how.push);
    this.quiet = how.quiet;
    if (how.now) this._render();
    else if (!this.asked) {
      this.asked = true;
      requestAnimationFrame(() => { this.asked = false; this._render(); });
    }
  }

  _render() {
    const { play, tick } = this;
    const moment = play.stateAt(tick);
    moment.actor = play.raw.actors ? play.raw.actors[tick - 1] : undefined;
    this.moment = moment;
    this.root.dataset.tick = tick;
    this.slider.value = tick;
    const words = summary(moment);
    this.slider.setAttribute("aria-valuetext", words);
    say(this.where, `${play.unit} ${tick} / ${play.ticks}`);
    say(this.said, words.replace(/^\S+ \d+ of \d+\. /, ""));
    this.source.show(moment);
    this.timeline.show(tick);
    for (const panel of this.panels) if (panel.show) panel.show(moment);
    clearTimeout(this.announcing);
    if (!this.quiet && !this.timer) this.announcing = setTimeout(() => say(this.live, words), 250);
  }

  point(line) {
    this.source.point(line);
  }

  // -- playing ---------------------------------------------------------------------------------

  toggle() {
    if (!this.play) return;
    if (this.timer) {
      this.pause();
      this._render();
      return;
    }
    if (this.tick >= this.play.ticks && this.play.raw.loop < 0) this.go(0);
    this.timer = setInterval(() => this._beat(), SPEEDS[this.speed][1]);
    put(this.playButton, icon("pause"));
    this.playButton.setAttribute("aria-label", "Pause (Space)");
    this.playButton.title = "Pause (Space)";
  }

  _beat() {
    const { play } = this;
    if (this.tick >= play.ticks) {
      if (play.raw.loop >= 0 && play.raw.loop < play.ticks) this.go(play.raw.loop);
      else this.pause();
      return;
    }
    this.go(play.neighbour(this.tick, 1));
  }

  _again() {
    if (!this.timer) return;
    this.pause();
    this.toggle();
  }

  pause() {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = 0;
    put(this.playButton, icon("play"));
    this.playButton.setAttribute("aria-label", "Play (Space)");
    this.playButton.title = "Play (Space)";
    this._remember();
  }

  // -- address -----------------------------------------------------------------------------------

  _address() {
    if (!this.options.address) return { tick: -1, finding: -1 };
    const number = (name) => {
      const match = new RegExp(`[#&]${name}=(\\d{1,9})(?=&|$)`).exec(location.hash);
      return match ? Number(match[1]) : -1;
    };
    return { tick: number("t"), finding: number("f") - 1 };
  }

  /** Writes the moment into the address; with `push` as an entry that one can go back from. */
  _remember(push) {
    if (!this.options.address) return;
    const several = this.data.findings.length > 1 && this.data.form === "check";
    const wanted = `#${several ? `f=${this.finding + 1}&` : ""}t=${this.tick}`;
    clearTimeout(this.writing);
    if (push) {
      if (wanted !== location.hash || this.pending) history.pushState(null, "", wanted);
      this.pending = false;
      return;
    }
    this.pending = true; // browsers bear a few of these a second
    this.writing = setTimeout(() => {
      this.pending = false;
      if (wanted !== location.hash) history.replaceState(null, "", wanted);
    }, 200);
  }

  _addressChanged() {
    const { tick, finding } = this._address();
    this.pause();
    clearTimeout(this.writing);
    if (finding >= 0 && finding !== this.finding && finding < this.data.findings.length) this._select(finding);
    if (tick >= 0) this.go(tick, { silent: true });
  }

  // -- keys, light -------------------------------------------------------------------------------

  _listen() {
    this.onKey = (event) => this._key(event);
    document.addEventListener("keydown", this.onKey);
    if (this.options.address) {
      window.addEventListener("popstate", () => this._addressChanged());
      window.addEventListener("hashchange", () => this._addressChanged());
    }
    this.media = window.matchMedia("(prefers-color-scheme: dark)");
    this.media.addEventListener("change", () => { if (this.theme === "auto") this._theme("auto"); });
    window.addEventListener("beforeprint", () => { this.before = this.theme; this._theme("light"); this._printing(); });
    window.addEventListener("afterprint", () => this._theme(this.before || "auto"));
  }

  /** What is drawn must be there before the paper is. */
  _printing() {
    if (!this.timeline) return;
    this.timeline._resized();
    this.timeline.draw();
  }

  _key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || this.help.open) return;
    const inside = this.root.contains(event.target) || event.target === document.body || event.target === document.documentElement;
    if (!inside || event.target.matches("select, textarea, input:not([type=range])")) return;
    const action = this._actionOf(event);
    if (!action) return;
    event.preventDefault();
    action();
  }

  _actionOf(event) {
    const by = event.key === "ArrowRight" ? 1 : -1;
    const table = {
      ArrowRight: () => (event.shiftKey ? this.go(this.tick + by, { stop: true }) : this.step(by)),
      ArrowLeft: () => (event.shiftKey ? this.go(this.tick + by, { stop: true }) : this.step(by)),
      Home: () => this.go(0, { stop: true }),
      End: () => this.play && this.go(this.play.ticks, { stop: true }),
      n: () => this.cycle(1),
      p: () => this.cycle(-1),
      "+": () => this.timeline && this.timeline.zoom(1.6),
      "=": () => this.timeline && this.timeline.zoom(1.6),
      "-": () => this.timeline && this.timeline.zoom(1 / 1.6),
      "−": () => this.timeline && this.timeline.zoom(1 / 1.6),
      0: () => this.timeline && this.timeline.fit(),
      l: () => this._toggle(),
      "?": () => this._openHelp(),
    };
    if (event.key === " ") {
      return event.target.matches("button, a, summary") ? null : () => this.toggle();
    }
    return table[event.key];
  }

  _toggle() {
    this._theme(this.root.dataset.theme === "dark" ? "light" : "dark");
  }

  _theme(wanted) {
    this.theme = wanted;
    const dark = wanted === "dark" || (wanted === "auto" && this.media.matches);
    this.root.dataset.theme = dark ? "dark" : "light";
    put(this.themeButton, icon(dark ? "light" : "dark"));
    this.themeButton.setAttribute("aria-pressed", String(dark));
    if (this.timeline) this.timeline.recolor(this.root);
  }
}

/** Why there is nothing to play. */
function whyStill(data) {
  if (data.verdict[0] === "not checked") return "The text has mistakes, so that nothing could be checked.";
  if (data.verdict[0] === "holds") return "There is nothing to play: no schedule shows anything amiss.";
  return "There is no schedule to play.";
}

/** Its message, without the kind that stands before it anyway. */
function messageOf(found) {
  const { kind, message } = found;
  return message.startsWith(`${kind}: `) ? message.slice(kind.length + 2) : message;
}

function weight(found) {
  return found.expected ? "expected" : found.fails ? "grave" : "light";
}

/** Fill an element with a player; gives what a host may call. */
export function mount(element, data, options = {}) {
  const page = new Page(element, data, options);
  element.dataset.ready = "yes";
  return {
    go: (tick) => page.go(tick, { stop: true, now: true }),
    step: (by) => page.step(by),
    choose: (number) => page.choose(number),
    theme: (wanted) => page._theme(wanted),
    tick: () => page.tick,
    title: visible(data.title),
    unmount: () => {
      page.pause();
      document.removeEventListener("keydown", page.onKey);
      element.replaceChildren();
    },
  };
}

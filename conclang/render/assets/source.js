/* The scenario's text, with a badge for each thread at the line where it stands. */

import { h, put, visible } from "./dom.js";

const TOKEN = /(\/\/.*$)|("(?:[^"\\]|\\.)*"?)|(\b\d[\d_]*\b)|([A-Za-z_]\w*)|([^\sA-Za-z_0-9"]+?|\s+)/g;
const MOST_BADGES = 4;

/** A thread's badge: its letter on its colour; from the ninth on with stripes as well. */
export function badge(thread, style) {
  const round = Math.floor(thread.number / 8);
  const again = round ? ` again${1 + ((round - 1) % 3)}` : "";
  return h(
    "span",
    {
      class: `badge c${thread.number % 8}${again}${style ? ` ${style}` : ""}`,
      title: thread.name,
      "aria-hidden": "true",
    },
    thread.letter,
  );
}

/** Badge and name together; `brief`: the name is only said, not shown. */
export function named(thread, style, brief) {
  const name = h("bdi", brief ? { class: "sr" } : { class: "name" }, thread.name);
  return h("span", { class: `named${brief ? " brief" : ""}`, title: visible(thread.name) }, badge(thread, style), name);
}

export class Source {
  constructor(body, data) {
    this.words = new Set(data.words);
    this.lines = data.source.replace(/\n$/, "").split("\n");
    this.rows = [];
    this.lit = new Set();
    this.list = h("ol", { class: "code", "aria-label": "Scenario" });
    this.box = h("div", { class: "code-box", tabindex: "0", role: "region", "aria-label": "Source" }, this.list);
    this.lines.forEach((text, index) => this.list.append(this._line(text, index + 1)));
    put(body, this.box);
  }

  _line(text, number) {
    const code = h("code", null);
    for (const [, comment, string, digits, word, other] of text.matchAll(TOKEN)) {
      if (comment) code.append(h("i", { class: "tok-comment" }, comment));
      else if (string) code.append(h("i", { class: "tok-string" }, string));
      else if (digits) code.append(h("i", { class: "tok-number" }, digits));
      else if (word && this.words.has(word)) code.append(h("i", { class: "tok-word" }, word));
      else code.append(visible(word || other));
    }
    if (!text) code.append("\u200b");
    const marks = h("span", { class: "gutter" });
    const note = h("span", { class: "sr" });
    const row = h("li", { class: "line", value: number }, marks, h("span", { class: "number", "aria-hidden": "true" }, number), code, note);
    this.rows[number] = { row, marks, note };
    return row;
  }

  /** Show where everybody stands. */
  show(moment) {
    for (const number of this.lit) this._clear(number);
    this.lit.clear();
    const places = new Map();
    let focus = 0;
    for (const thread of moment.play.threads) {
      const status = moment.status(thread.number);
      const line = moment.line(thread.number);
      if (!line || !status) continue;
      if (!places.has(line)) places.set(line, []);
      const style = styleOf(status);
      places.get(line).push({ thread, style });
      const moved = moment.isChanged(moment.play.at.get(thread.number));
      if (style === "runs" && (!focus || moved)) focus = line;
      if (!focus && moved) focus = line;
    }
    for (const [line, those] of places) this._light(line, those);
    const just = justHappened(moment);
    for (const line of just) this._happened(line);
    this.follow(just.values().next().value || focus || places.keys().next().value || 0);
  }

  _light(number, those) {
    const entry = this.rows[number];
    if (!entry) return;
    this.lit.add(number);
    const most = those.length > MOST_BADGES ? MOST_BADGES - 1 : MOST_BADGES;
    const shown = those.slice(0, most).map(({ thread, style }) => badge(thread, style));
    const more = those.length - most;
    put(entry.marks, shown, more > 0 && h("span", { class: "more" }, `+${more}`));
    entry.row.classList.add("lit");
    if (those.some(({ style }) => style === "runs")) entry.row.classList.add("runs");
    entry.note.textContent = visible(` (here: ${those.map(({ thread }) => thread.name).join(", ")})`);
  }

  _happened(number) {
    if (!this.rows[number]) return;
    this.lit.add(number);
    this.rows[number].row.classList.add("just");
  }

  _clear(number) {
    const entry = this.rows[number];
    entry.marks.replaceChildren();
    entry.row.classList.remove("lit", "runs", "just");
    entry.note.textContent = "";
  }

  /** Lines that a finding speaks of. */
  mark(marks) {
    for (const entry of this.rows) {
      if (!entry) continue;
      entry.row.classList.remove("marked");
      entry.row.removeAttribute("title");
    }
    for (const [line, , label] of marks) {
      const entry = this.rows[line];
      if (!entry) continue;
      entry.row.classList.add("marked");
      entry.row.title = visible(label);
    }
  }

  /** Bring a line into view within the listing, not the page. */
  follow(number) {
    const entry = this.rows[number];
    if (!entry || number === this.followed) return;
    this.followed = number;
    const { offsetTop, offsetHeight } = entry.row;
    const { scrollTop, clientHeight } = this.box;
    if (offsetTop < scrollTop + 20 || offsetTop + offsetHeight > scrollTop + clientHeight - 20) {
      this.box.scrollTop = offsetTop - clientHeight / 3;
    }
  }

  /** Somebody followed a link to a line. */
  point(number) {
    const entry = this.rows[number];
    if (!entry) return;
    this.followed = 0;
    this.follow(number);
    entry.row.classList.remove("pointed");
    void entry.row.offsetWidth; // begins the animation anew
    entry.row.classList.add("pointed");
    this.box.focus({ preventScroll: true });
    this.box.scrollIntoView({ block: "nearest" });
  }
}

const STEPS = new Set(["memory", "sync", "message", "time", "talk"]);

/** Lines of what threads did at this moment. */
function justHappened(moment) {
  const { play } = moment;
  const [first, last] = play.eventsAt(moment.tick);
  const lines = new Set();
  for (let i = first; i < last && lines.size < 40; i += 1) {
    const line = play.lineOf(play.eventSite[i]);
    if (line && STEPS.has(play.data.kinds[play.eventKind[i]][1])) lines.add(line);
  }
  return lines;
}

/** How the badge of a thread in a state looks. */
export function styleOf(status) {
  if (!status) return "rests";
  if (status[0] === "run" || status[0] === "switch") return "runs";
  if (status[0] === "wait" || status[0] === "sleep" || status[0] === "io") return "waits";
  if (status[0] === "failed") return "fails";
  return "rests";
}

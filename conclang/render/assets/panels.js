/* Everything beside the source and the timeline: what each part is at, what was printed, what
   happened, what it came to. Each panel has `load(play)` and, if it follows the moment, `show`. */

import { h, put, say, visible } from "./dom.js";
import { countUpTo } from "./model.js";
import { badge, named, styleOf } from "./source.js";

const MOST_ROWS = 150;

/** A link to a moment of this page. */
export function tickLink(tick, words, go) {
  return h("a", {
    href: `#t=${tick}`, class: "jump",
    onclick: (event) => { event.preventDefault(); go(tick); },
  }, words);
}

export function lineLink(line, words, point) {
  return h("a", {
    href: `#line-${line}`, class: "jump",
    onclick: (event) => { event.preventDefault(); point(line); },
  }, words);
}

/** A sentence whose ticks, steps and lines are links. */
export function linked(text, page) {
  const out = [];
  let last = 0;
  for (const match of String(text).matchAll(/\b(tick|step|line) (\d{1,9})\b/g)) {
    out.push(String(text).slice(last, match.index));
    const number = Number(match[2]);
    if (match[1] === "line") out.push(lineLink(number, match[0], (line) => page.point(line)));
    else out.push(tickLink(number, match[0], (tick) => page.jump(tick)));
    last = match.index + match[0].length;
  }
  out.push(String(text).slice(last));
  return out;
}

function chip(words, style, title) {
  return h("span", { class: `chip ${style || ""}`, title }, words);
}

/** What a thread is at: style and words. */
function statusWords(status, play) {
  if (!status) return ["none", "not there yet"];
  const [what, first, second] = status;
  const table = {
    run: () => ["running", `runs on ${play.raw.cores[first] || `core ${first}`}`],
    switch: () => ["switch", `switches to ${play.raw.cores[first] || `core ${first}`}`],
    ready: () => ["ready", first ? `ready: ${first}` : "ready"],
    can: () => ["ready", "can move"],
    sleep: () => ["sleeping", `sleeps until ${first}`],
    io: () => ["sleeping", `I/O${first ? ` on ${first}` : ""}, ${second} ticks`],
    wait: () => ["blocked", waitWords(first, second)],
    idle: () => ["none", "between jobs"],
    done: () => ["done", "finished"],
    failed: () => ["failed", "failed"],
  };
  return table[what] ? table[what]() : ["none", what];
}

function waitWords(thing, kind) {
  if (kind === "spins") return "spins";
  if (kind === "select") return "waits in a select";
  if (kind === "end") return `waits for the end of ${thing}`;
  return `waits: ${kind || ""} ${thing}`;
}

/** Every thread: letter, name, what it is at, where, its local variables. */
export class Threads {
  constructor(body, page) {
    this.page = page;
    this.body = body;
  }

  load(play) {
    this.play = play;
    this.rows = play.threads.slice(0, MOST_ROWS).map((thread) => this._row(thread));
    const more = play.threads.length - this.rows.length;
    put(
      this.body,
      h("table", { class: "threads" },
        h("caption", { class: "sr" }, "Threads at this moment"),
        h("thead", null, h("tr", null, ["Thread", "State", "Line", "Variables"].map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", null, this.rows.map(({ row }) => row))),
      more > 0 && h("p", { class: "dim" }, `${more} more threads are not listed.`),
    );
  }

  _row(thread) {
    const mark = h("span", { class: "mark" }, badge(thread));
    const state = h("td", null);
    const line = h("td", { class: "num" });
    const variables = h("td", { class: "vars" });
    const row = h("tr", null,
      h("th", { scope: "row", title: visible(thread.name) }, mark, h("bdi", { class: "name" }, thread.name), thread.daemon && chip("daemon", "quiet"),
        thread.kind !== "thread" && chip(thread.kind, "quiet")),
      state, line, variables);
    return { thread, row, mark, state, line, variables, last: "" };
  }

  show(moment) {
    for (const entry of this.rows) this._show(entry, moment);
  }

  _show(entry, moment) {
    const { thread } = entry;
    const status = moment.status(thread.number);
    const acts = moment.actor === thread.number;
    const line = moment.line(thread.number);
    const depth = moment.stack(thread.number).length;
    const locals = (this.play.locals.get(thread.number) || [])
      .filter((own) => own.depth < depth && moment.value(own.slot) !== null)
      .map((own) => [own.name, moment.value(own.slot), moment.isChanged(own.slot), own.depth]);
    const key = JSON.stringify([status, acts, line, locals, depth]);
    if (key === entry.last) return;
    entry.last = key;
    const [style, words] = statusWords(status, this.play);
    put(entry.mark, badge(thread, acts ? "runs" : styleOf(status)));
    put(entry.state, chip(words, `state s-${style}`, visible(words)), acts && style !== "failed" && h("span", { class: "did" }, "moved"));
    put(entry.line, line ? lineLink(line, String(line), (number) => this.page.point(number)) : "");
    put(entry.variables, locals.map(([name, value, changed, level]) => h(
      "span", { class: `var${changed ? " changed" : ""}${level < depth - 1 ? " outer" : ""}` },
      h("bdi", null, name), " ", h("b", null, h("bdi", null, value)),
    )));
    entry.row.className = !status || status[0] === "done" ? "gone" : acts || status[0] === "run" ? "acts" : "";
  }
}

/** Shared and atomic variables. */
export class Shared {
  constructor(body, data) {
    this.body = body;
    this.data = data;
  }

  load(play) {
    this.play = play;
    this.parts = [];
    const rows = this.data.cells.map(([name, kind, count], number) => {
      const slots = (play.cells.get(number) || []).slice(0, 256);
      const values = slots.map(({ element, slot }) => {
        const value = h("b", { class: "value" });
        this.parts.push({ slot, value });
        return count < 0 ? value : h("span", { class: "element" }, h("small", null, element), value);
      });
      const more = count - slots.length;
      return h("div", { class: count < 0 ? "cell" : "cell cell-array" },
        h("dt", { title: visible(name) }, h("bdi", { class: "name" }, name), kind === "atomic" && chip("atomic", "quiet")),
        h("dd", { class: count < 0 ? "" : "array" }, values, more > 0 && h("small", { class: "dim" }, `+${more}`)));
    });
    put(this.body, rows.length ? h("dl", { class: "cells" }, rows) : h("p", { class: "empty" }, "The threads share no variables."));
  }

  show(moment) {
    for (const { slot, value } of this.parts) {
      const text = moment.value(slot);
      say(value, text === null ? "?" : text);
      const changed = moment.isChanged(slot);
      value.classList.toggle("changed", changed);
      if (changed) value.title = "changed at this moment";
      else value.removeAttribute("title");
    }
  }
}

/** Locks with holder and waiters, channels with contents, and all other things to wait at. */
export class Things {
  constructor(body, data) {
    this.body = body;
    this.data = data;
  }

  load(play) {
    this.play = play;
    this.rows = this.data.things.slice(0, MOST_ROWS).map(([kind, name, amount], number) => {
      const state = h("dd", null);
      const row = h("div", { class: "thing-row" },
        h("dt", { title: visible(name) }, h("span", { class: "kind" }, kind), h("bdi", { class: "name" }, name)), state);
      return { kind, name, amount, number, state, row, last: "" };
    });
    const more = this.data.things.length - this.rows.length;
    put(this.body,
      this.rows.length
        ? h("dl", { class: "things" }, this.rows.map(({ row }) => row))
        : h("p", { class: "empty" }, "There are no locks and no channels."),
      more > 0 && h("p", { class: "dim" }, `${more} more are not listed.`));
  }

  show(moment) {
    const waiters = new Map();
    for (const { thread, object } of moment.waiting()) {
      if (!waiters.has(object)) waiters.set(object, []);
      waiters.get(object).push(thread);
    }
    for (const entry of this.rows) this._show(entry, moment, waiters.get(entry.name) || []);
  }

  _show(entry, moment, waiters) {
    const slots = this.play.things.get(entry.number) || {};
    const changed = Object.values(slots).some((slot) => moment.isChanged(slot));
    const values = Object.fromEntries(Object.entries(slots).map(([what, slot]) => [what, moment.value(slot)]));
    const key = JSON.stringify([values, changed, waiters.map((thread) => thread.number)]);
    if (key === entry.last) return;
    entry.last = key;
    const who = (name) => {
      const thread = this.play.threadByName.get(name);
      return thread ? named(thread) : h("bdi", null, name);
    };
    put(entry.state,
      h("div", { class: changed ? "changed-row" : "" }, this._state(entry, values, waiters, who)),
      waiters.length > 0 && h("div", { class: "waiters" }, h("span", { class: "dim" }, "waiting "),
        waiters.slice(0, 24).map((thread) => named(thread, "waits", waiters.length > 3)), waiters.length > 24 && ` +${waiters.length - 24}`));
    entry.row.classList.toggle("changed", changed);
  }

  _state({ kind, amount }, values, waiters, who) {
    const held = (values.holders || []).map(([name, mode]) => [who(name), mode && h("small", null, ` ${mode} `)]);
    if (kind === "channel") return this._queue(values.queue || [0, [], false], amount);
    if (kind === "event") return values.set ? chip("set", "s-inside") : h("span", { class: "dim" }, "not set");
    if (kind === "semaphore") {
      const free = values.free === undefined || values.free === null ? amount : values.free;
      return [h("span", null, `${free} of ${amount} free`), held.length > 0 && [" · taken by ", held]];
    }
    if (kind === "barrier") return h("span", null, `${waiters.length} of ${amount} are there`);
    if (kind === "condition" || kind === "device") {
      return waiters.length ? "" : h("span", { class: "dim" }, kind === "device" ? "idle" : "nobody waits");
    }
    if (held.length) return [h("span", { class: "dim" }, kind === "section" ? "inside " : "held by "), held];
    return h("span", { class: "dim" }, kind === "section" ? "empty" : "free");
  }

  _queue([count, first, closed], capacity) {
    return [
      h("span", { class: "queue" },
        first.map((text) => h("span", { class: "message" }, h("bdi", null, text))),
        count > first.length && h("span", { class: "dim" }, `+${count - first.length}`),
        Array.from({ length: Math.max(0, Math.min(capacity, 8) - count) }, () => h("span", { class: "message free" }))),
      h("small", { class: "dim" }, capacity ? ` ${count} of ${capacity}` : count ? ` ${count}` : " hand to hand"),
      closed ? [" ", chip("closed", "quiet")] : null,
    ];
  }
}

/** What was printed up to now. */
export class Output {
  constructor(body) {
    this.list = h("ol", { class: "output", tabindex: "0", "aria-label": "Printed output" });
    this.body = body;
    this.shown = -1;
  }

  load(play) {
    this.play = play;
    this.ticks = Int32Array.from(play.prints, (i) => play.eventTick[i]);
    this.shown = -1;
    put(this.body, this.list);
  }

  show(moment) {
    const { play } = this;
    const count = countUpTo(this.ticks, moment.tick);
    if (count === this.shown && moment.tick !== this.last && !this.fresh) return;
    this.shown = count;
    this.last = moment.tick;
    this.fresh = false;
    if (!count) {
      put(this.list, h("li", { class: "empty" }, play.prints.length ? "Nothing was printed yet." : "Nothing is printed."));
      return;
    }
    const from = Math.max(0, count - MOST_ROWS);
    const rows = [];
    if (from) rows.push(h("li", { class: "dim" }, `… ${from} lines before`));
    for (let n = from; n < count; n += 1) {
      const i = play.prints[n];
      const now = play.eventTick[i] === moment.tick;
      this.fresh = this.fresh || now;
      const thread = play.threadByName.get(play.strings[play.eventThread[i]]);
      rows.push(h("li", { class: now ? "now" : "" },
        h("span", { class: "tick" }, play.eventTick[i]), thread && badge(thread),
        h("span", { class: "text", dir: "auto" }, play.strings[play.eventValue[i]] || "")));
    }
    put(this.list, rows);
    this.list.scrollTop = this.list.scrollHeight;
  }
}

const EVENT_ROW = 24;

/** All events; only those in view are there. */
export class Events {
  constructor(body, page) {
    this.page = page;
    this.rows = h("div", { class: "event-rows" });
    this.space = h("div", { class: "event-space" }, this.rows);
    this.box = h("div", { class: "events", tabindex: "0", role: "list", "aria-label": "Events" }, this.space);
    this.top = 0; // known here, so that nobody must ask the browser to lay everything out
    this.box.addEventListener("scroll", () => { this.top = this.box.scrollTop; this.ask(); }, { passive: true });
    put(body, this.box);
  }

  load(play) {
    this.play = play;
    this.high = Math.min(340, play.eventCount * EVENT_ROW + 2);
    this.box.style.height = `${this.high}px`;
    this.space.style.height = `${Math.min(play.eventCount * EVENT_ROW, 16_000_000)}px`;
    this.from = -1;
  }

  show(moment) {
    this.moment = moment;
    const [first, last] = this.play.eventsAt(moment.tick);
    const focus = Math.max(0, (last > first ? first : first - 1));
    const top = this._top(focus);
    if (top < this.top || top + (last - first) * EVENT_ROW > this.top + this.high) {
      this.top = Math.max(0, Math.round(top - this.high / 3));
      this.box.scrollTop = this.top;
    }
    this.from = -1;
    this.ask();
  }

  /** Beyond what a browser can scroll, a pixel stands for more than one. */
  _top(i) {
    const whole = this.play.eventCount * EVENT_ROW;
    return whole > 16_000_000 ? (i / this.play.eventCount) * 16_000_000 : i * EVENT_ROW;
  }

  ask() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => { this.asked = false; this._draw(); });
  }

  _draw() {
    const { play, moment } = this;
    if (!play || !moment) return;
    const whole = play.eventCount * EVENT_ROW;
    const share = this.top / Math.max(1, Math.min(whole, 16_000_000));
    const from = Math.max(0, Math.floor(share * play.eventCount) - 4);
    const to = Math.min(play.eventCount, from + Math.ceil(this.high / EVENT_ROW) + 10);
    if (from === this.from && to === this.to) return;
    this.from = from;
    this.to = to;
    this.rows.style.transform = `translateY(${this._top(from)}px)`;
    const rows = [];
    for (let i = from; i < to; i += 1) rows.push(this._row(i, moment.tick));
    put(this.rows, rows);
  }

  _row(i, now) {
    const { play } = this;
    const tick = play.eventTick[i];
    const thread = play.threadByName.get(play.strings[play.eventThread[i]]);
    const line = play.lineOf(play.eventSite[i]);
    return h("a", {
      role: "listitem", class: `event${tick === now ? " now" : ""}${tick > now ? " later" : ""}`,
      href: `#t=${tick}`, tabindex: "-1", "aria-setsize": play.eventCount, "aria-posinset": i + 1,
      onclick: (event) => { event.preventDefault(); this.page.jump(tick); },
    },
    h("span", { class: "tick" }, tick), thread ? badge(thread) : h("span", { class: "badge none" }),
    h("span", { class: "text" }, play.sentence(i)), line > 0 && h("span", { class: "line-no" }, `:${line}`));
  }
}

/** Figures of the whole run. */
export class Metrics {
  constructor(body) {
    this.body = body;
  }

  load(play) {
    const { metrics } = play.raw;
    if (!metrics) {
      put(this.body, h("p", { class: "empty" }, "A schedule of `check` has steps, but no times to measure."));
      return;
    }
    const facts = ["makespan", "throughput", "utilization", "switches", "migrations", "misses", "parallelism", "fairness"];
    put(this.body,
      h("dl", { class: "figures" }, facts.filter((name) => metrics[name] !== null).map((name) => h(
        "div", null, h("dt", null, name), h("dd", null, name === "utilization" ? `${figure(metrics[name] * 100)} %` : figure(metrics[name]))))),
      this._table("Threads", metrics.threads, ["arrival", "start", "finish", "turnaround", "response", "waiting", "running", "blocked"], play),
      this._table("Locks", metrics.locks, ["acquisitions", "contended", "held", "waiting"]),
      this._table("Channels", metrics.channels, ["sent", "received", "longest", "waiting"]),
      this._table("Cores", Object.fromEntries(metrics.cores.map((core, i) => [play.raw.cores[i] || i, core])), ["busy", "switching", "idle"]));
  }

  _table(title, rows, columns, play) {
    const names = Object.keys(rows);
    if (!names.length) return null;
    const more = names.length - MOST_ROWS;
    return h("div", { class: "scroll-x", tabindex: "0", role: "region", "aria-label": `${title}: figures` }, h("table", { class: "metrics" },
      h("caption", null, title),
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "Name"), columns.map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", null, names.slice(0, MOST_ROWS).map((name) => h("tr", null,
        h("th", { scope: "row" }, play && play.threadByName.get(name) ? named(play.threadByName.get(name)) : h("bdi", null, name)),
        columns.map((column) => h("td", { class: "num" }, figure(rows[name][column])))))),
      more > 0 && h("tfoot", null, h("tr", null, h("td", { colspan: columns.length + 1 }, `… and ${more} more`)))));
  }
}

function figure(value) {
  if (value === null || value === undefined) return "–";
  if (typeof value !== "number" || Number.isInteger(value)) return String(value);
  return String(Math.abs(value) < 0.1 ? Number(value.toPrecision(3)) : Math.round(value * 1000) / 1000);
}

const STATUS = {
  holds: ["✓", "good"], violated: ["✗", "bad"], unknown: ["?", "open"],
  completed: ["✓", "good"], deadlocked: ["✗", "bad"], failed: ["✗", "bad"], limit: ["…", "open"], interrupted: ["…", "open"],
};

/** A verdict or an outcome: a sign and a word on a colour. */
export function verdictBadge(word, more) {
  const [sign, style] = STATUS[word] || ["?", "open"];
  return h("span", { class: `verdict ${style}` }, h("span", { "aria-hidden": "true" }, `${sign} `), word, more && h("small", null, ` ${more}`));
}

/** `expect` lines and what became of them. */
export function expectations(rows, page) {
  return h("ul", { class: "expectations" }, rows.map(([text, line, status, detail]) => {
    const [sign, style] = STATUS[status] || ["?", "open"];
    return h("li", { class: style },
      h("span", { class: "sign", role: "img", "aria-label": status, title: status }, sign),
      h("code", null, text), line > 0 && lineLink(line, `line ${line}`, (number) => page.point(number)),
      detail && h("span", { class: "dim" }, ` ${detail}`));
  }));
}

/** Final values, with how many schedules end so where they were counted. */
export function outcomes(rows) {
  const counted = rows.some((row) => row[1] !== null);
  const shown = rows.slice(0, 200);
  return h("div", { class: "scroll-x", tabindex: "0", role: "region", "aria-label": "Outcomes" }, h("table", { class: "metrics outcomes" },
    h("thead", null, h("tr", null, h("th", { scope: "col" }, "Final values"), counted && [h("th", { scope: "col" }, "Schedules"), h("th", { scope: "col" }, "Probability")])),
    h("tbody", null, shown.map(([values, schedules, share]) => h("tr", null,
      h("td", null, values.length ? values.map(([name, value]) => h("span", { class: "var" }, h("bdi", null, name), " ", h("b", null, h("bdi", null, value)))) : "no shared variables"),
      counted && [h("td", { class: "num" }, schedules || ""), h("td", null, bar(share))]))),
    rows.length > shown.length && h("tfoot", null, h("tr", null, h("td", { colspan: 3 }, `… and ${rows.length - shown.length} more`)))));
}

function bar(share) {
  if (share === null) return "";
  const meter = h("span", { class: "share" }, h("span", { class: "share-in" }));
  meter.firstChild.style.width = `${Math.max(1, share * 100)}%`;
  return [meter, ` ${figure(share * 100)} %`];
}

/** What this moment is about, in a sentence or two: said to those who do not see the page. */
export function summary(moment) {
  const { play } = moment;
  const [first, last] = play.eventsAt(moment.tick);
  const said = [];
  for (let i = first; i < last && said.length < 4; i += 1) said.push(play.sentence(i));
  if (last - first > said.length) said.push(`and ${last - first - said.length} more events`);
  const unit = play.unit[0].toUpperCase() + play.unit.slice(1);
  return visible(`${unit} ${moment.tick} of ${play.ticks}. ${said.join("; ") || "Nothing happens at this moment"}.`);
}

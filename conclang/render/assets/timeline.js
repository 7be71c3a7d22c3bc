/* The timeline: lanes of cores, threads and things that are held, on a canvas as large as what is
   seen of it. Far out, a bar stands for what took up most of a few ticks; those are worked out once
   for each distance. Scrolling is the browser's own. */

import { h, icon, put, visible } from "./dom.js";
import { countUpTo } from "./model.js";
import { badge } from "./source.js";

const ROW = 26;
const BAR = 18;
const HEAD = 26; // a heading above a group of lanes
const AXIS = 26;
const END = 14; // room behind the last tick
const WIDEST = 96; // pixels of a tick
const LONGEST = 12_000_000; // pixels of the whole: browsers end somewhere beyond
const MOST_ARROWS = 300; // in view
const GROUPS = { core: "Cores", thread: "Threads", held: "Locks and sections" };
const INK = "#1a1a1a";
// Strokes over the ground of a state, as in the timelines made as SVG.
const STROKES = {
  ready: [7, [[-2, 5, 5, -2], [2, 9, 9, 2]]],
  blocked: [6, [[0, 0, 6, 6], [6, 0, 0, 6]]],
  sleeping: [6, [[1.5, 3, 3.5, 3]]],
  switch: [4, [[1, 0, 1, 4]]],
  again1: [8, [[-2, 6, 6, -2], [2, 10, 10, 2]]],
  again2: [8, [[4, 0, 4, 8]]],
  again3: [8, [[0, 4, 8, 4]]],
};

/** For each stretch of `width` ticks what took up most of it; neighbours that agree are one. */
export function coarse(lane, width) {
  const out = { start: [], end: [], state: [], who: [] };
  const count = lane.start.length;
  const shares = new Map();
  let i = 0;
  let bucket = count ? Math.floor(lane.start[0] / width) : 0;
  while (i < count) {
    const left = bucket * width;
    const right = left + width;
    shares.clear();
    let idle = width;
    for (let j = i; j < count && lane.start[j] < right; j += 1) {
      const part = Math.min(lane.end[j], right) - Math.max(lane.start[j], left);
      const key = lane.state[j] * 0x1000000 + lane.who[j];
      shares.set(key, (shares.get(key) || 0) + part);
      idle -= part;
    }
    let best = -1;
    let most = idle;
    for (const [key, part] of shares) {
      if (part > most || (part === most && best < 0)) [best, most] = [key, part];
    }
    append(out, left, right, best);
    while (i < count && lane.end[i] <= right) i += 1;
    bucket += 1;
    if (i >= count) break;
    if (lane.start[i] >= right) bucket = Math.floor(lane.start[i] / width);
    else {
      const full = Math.floor(lane.end[i] / width); // a long bar fills many stretches at once
      if (full > bucket) {
        append(out, right, full * width, lane.state[i] * 0x1000000 + lane.who[i]);
        bucket = full;
        if (lane.end[i] === full * width) i += 1;
        if (i < count && lane.start[i] >= right) bucket = Math.max(bucket, Math.floor(lane.start[i] / width));
      }
    }
  }
  return {
    start: Int32Array.from(out.start), end: Int32Array.from(out.end),
    state: Uint8Array.from(out.state), who: Int32Array.from(out.who),
  };
}

function append(out, start, end, key) {
  if (key < 0 || end <= start) return;
  const last = out.start.length - 1;
  const state = Math.floor(key / 0x1000000);
  const who = key % 0x1000000;
  if (last >= 0 && out.end[last] === start && out.state[last] === state && out.who[last] === who) {
    out.end[last] = end;
    return;
  }
  out.start.push(start);
  out.end.push(end);
  out.state.push(state);
  out.who.push(who);
}

export class Timeline {
  constructor(body, data, seek) {
    this.data = data;
    this.seek = seek;
    this.tick = 0;
    this.scale = 1;
    this.colors = {};
    this.asked = false;
    this.signs = Object.fromEntries(
      Object.entries(data.signs).map(([kind, [look, path]]) => [kind, [look, new Path2D(path)]]),
    );
    this.labels = h("div", { class: "lane-labels" });
    this.labelBox = h("div", { class: "lane-box" }, this.labels);
    this.canvas = h("canvas", { class: "lane-canvas", "aria-hidden": "true" });
    this.space = h("div", { class: "lane-space" }, this.canvas);
    this.scroller = h("div", { class: "lane-scroller", tabindex: "0", role: "img" }, this.space);
    this.tip = h("div", { class: "tip", hidden: true, "aria-hidden": "true" });
    this.frame = h("div", { class: "timeline" }, this.labelBox, this.scroller, this.tip);
    this.legend = h("ul", { class: "legend", "aria-label": "Legend" });
    put(body, this.frame, this.legend);
    this._listen();
  }

  /** Buttons that belong to it. */
  controls() {
    const button = (name, words, action) =>
      h("button", { type: "button", class: "button small", title: words, "aria-label": words, onclick: action }, icon(name));
    return h(
      "div", { class: "group", role: "group", "aria-label": "Zoom" },
      button("less", "Zoom out (−)", () => this.zoom(1 / 1.6)),
      button("more", "Zoom in (+)", () => this.zoom(1.6)),
      button("fit", "Show the whole run (0)", () => this.fit()),
    );
  }

  _listen() {
    const { scroller, canvas } = this;
    scroller.addEventListener("scroll", () => {
      this.labels.style.transform = `translateY(${-scroller.scrollTop}px)`;
      this.ask();
    }, { passive: true });
    scroller.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY / 300), event.clientX - canvas.getBoundingClientRect().left);
    }, { passive: false });
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.drag = event.shiftKey ? { x: event.clientX, left: scroller.scrollLeft } : { seek: true };
      if (event.pointerType === "mouse") canvas.setPointerCapture(event.pointerId);
      if (this.drag.seek) this._seekTo(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (this.drag && this.drag.seek && event.pointerType === "mouse") this._seekTo(event);
      else if (this.drag && !this.drag.seek) scroller.scrollLeft = this.drag.left + this.drag.x - event.clientX;
      else this._hover(event);
    });
    const stop = () => { this.drag = null; };
    canvas.addEventListener("pointerup", stop);
    canvas.addEventListener("pointercancel", stop);
    canvas.addEventListener("pointerleave", () => { this.tip.hidden = true; });
    if (window.ResizeObserver) new ResizeObserver(() => this._resized()).observe(scroller);
  }

  _seekTo(event) {
    const x = event.clientX - this.canvas.getBoundingClientRect().left + this.scroller.scrollLeft;
    this.seek(Math.max(0, Math.min(this.play.ticks, Math.round(x / this.scale))));
  }

  // -- what is shown --------------------------------------------------------------------------

  /** Another run. `flags`: moments of findings. */
  load(play, flags) {
    this.play = play;
    this.flags = flags;
    this.rows = [];
    this.coarse = new Map();
    put(this.labels);
    let y = AXIS;
    let group = "";
    for (const lane of play.lanes) {
      const own = GROUPS[lane.kind] ? lane.kind : "held";
      if (own === "held" && !lane.start.length) continue;
      if (own !== group) {
        this.labels.append(h("div", { class: "lane-head" }, GROUPS[own]));
        y += HEAD;
        group = own;
      }
      this.rows.push({ lane, group: own, y });
      this.labels.append(this._label(lane, own));
      y += ROW;
    }
    this.height = y + 8;
    this.scroller.setAttribute("aria-label", this._description());
    this._legend();
    this.fitted = true;
    this._resized();
  }

  _label(lane, group) {
    const words = group === "held" ? `${lane.kind} ${lane.name}` : lane.name;
    return h(
      "div", { class: "lane-label", title: words },
      lane.thread && group === "thread" && badge(lane.thread),
      group === "held" && h("span", { class: "dim" }, `${lane.kind} `),
      h("bdi", null, lane.name),
    );
  }

  _description() {
    const { play } = this;
    const unit = play.unit;
    return visible(
      `Timeline of ${play.threads.length} threads over ${play.ticks} ${unit}s. ` +
      "The table of threads says in words what each is at.",
    );
  }

  _legend() {
    const used = new Set();
    for (const { lane, group } of this.rows) {
      for (const state of lane.state) used.add(this.data.states[state]);
      for (const mark of lane.marks) used.add(mark.kind);
      if (group === "core") used.delete("");
    }
    for (const arrow of this.play.arrows) used.add(arrow.kind);
    put(this.legend, this.data.legend.filter(([name]) => used.has(name)).map(([name, words]) => {
      const sample = h("canvas", { class: "sample", width: 56, height: 36, "aria-hidden": "true" });
      sample.dataset.name = name;
      return h("li", null, sample, words);
    }));
    if (this.patterns) this._paintLegend();
  }

  _paintLegend() {
    for (const sample of this.legend.querySelectorAll("canvas")) {
      const pen = sample.getContext("2d");
      const { name } = sample.dataset;
      pen.setTransform(2, 0, 0, 2, 0, 0);
      pen.clearRect(0, 0, 28, 18);
      if (this.signs[name]) this._sign(pen, name, 14, 12);
      else if (this.colors[`s-${name}`]) this._ground(pen, name, 1, 2, 26, 14);
      else this._curve(pen, name, [1, 9, 10, 9, 16, 9, 26, 9]);
    }
  }

  // -- size and distance -----------------------------------------------------------------------

  _resized() {
    if (!this.play) return;
    const width = this.scroller.clientWidth;
    const height = Math.min(this.height, this.scroller.clientHeight || this.height);
    if (!width) return;
    this.width = width;
    this.seen = height;
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    this.ratio = ratio;
    this._setScale(this.fitted ? this._smallest() : this.scale);
  }

  _smallest() {
    return Math.min(WIDEST, Math.max(1, this.width - END) / Math.max(1, this.play.ticks));
  }

  _setScale(scale) {
    const most = Math.min(WIDEST, LONGEST / Math.max(1, this.play.ticks));
    const least = this._smallest();
    this.scale = Math.max(least, Math.min(most, scale));
    this.fitted = this.scale <= least * 1.0001;
    this.space.style.width = `${this.fitted ? this.width : Math.ceil(this.play.ticks * this.scale + END)}px`;
    this.space.style.height = `${this.height}px`;
    this.ask();
  }

  /** Nearer or farther; what is at `x` (else the current moment) stays where it is. */
  zoom(factor, x) {
    const here = x === undefined ? this._inView() : x;
    const tick = (this.scroller.scrollLeft + here) / this.scale;
    this._setScale(this.scale * factor);
    this.scroller.scrollLeft = tick * this.scale - here;
    this.ask();
  }

  fit() {
    this._setScale(0);
  }

  _inView() {
    const x = this.tick * this.scale - this.scroller.scrollLeft;
    return x >= 0 && x <= this.width ? x : this.width / 2;
  }

  /** The current moment; brought into view if it is not. */
  show(tick) {
    this.tick = tick;
    const x = tick * this.scale;
    const { scrollLeft } = this.scroller;
    if (!this.drag && (x < scrollLeft || x > scrollLeft + this.width - END)) {
      this.scroller.scrollLeft = Math.max(0, x - this.width / 3);
    }
    this.ask();
  }

  /** Colours of the page as it is now, light or dark. */
  recolor(root) {
    const probe = h("span", { hidden: true });
    root.append(probe);
    const names = ["ink", "soft", "line", "lane", "card", "accent", "alarm"];
    const read = (name) => {
      probe.style.color = `var(--${name})`;
      return getComputedStyle(probe).color;
    };
    for (const name of names) this.colors[name] = read(name);
    for (const state of this.data.states) {
      this.colors[`s-${state}`] = read(`s-${state}`);
      this.colors[`l-${state}`] = read(`l-${state}`);
    }
    for (let i = 0; i < 8; i += 1) this.colors[`t${i}`] = read(`t${i}`);
    for (const kind of ["wake", "message", "spawn", "join", "alarm"]) this.colors[`a-${kind}`] = read(`a-${kind}`);
    probe.remove();
    this.patterns = {};
    this.font = getComputedStyle(root).fontFamily;
    this._paintLegend();
    this.ask();
  }

  ask() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.draw();
    });
  }

  // -- drawing -----------------------------------------------------------------------------------

  draw() {
    if (!this.play || !this.width || !this.patterns) return;
    const pen = this.canvas.getContext("2d");
    const left = this.scroller.scrollLeft;
    const top = this.scroller.scrollTop;
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    pen.fillStyle = this.colors.card;
    pen.fillRect(0, 0, this.width, this.seen);
    this.from = Math.max(0, Math.floor(left / this.scale) - 1);
    this.to = Math.min(this.play.ticks, Math.ceil((left + this.width) / this.scale) + 1);
    this.left = left;
    const rows = this.rows.filter(({ y }) => y - top > -ROW && y - top < this.seen);
    this._grid(pen);
    for (const { lane, group, y } of rows) this._lane(pen, lane, group, y - top);
    this._loop(pen);
    this._arrows(pen, top);
    for (const { lane, y } of rows) this._marks(pen, lane, y - top);
    this._axis(pen);
    this._head(pen);
  }

  x(tick) {
    return tick * this.scale - this.left;
  }

  _step() {
    const widest = 14 + 7.5 * String(this.play.ticks).length;
    for (let unit = 1; ; unit *= 10) {
      for (const part of [1, 2, 5]) if (unit * part * this.scale >= widest) return unit * part;
    }
  }

  _grid(pen) {
    const step = this._step();
    pen.strokeStyle = this.colors.line;
    pen.lineWidth = 1;
    pen.beginPath();
    for (let tick = Math.ceil(this.from / step) * step; tick <= this.to; tick += step) {
      const x = Math.round(this.x(tick)) + 0.5;
      pen.moveTo(x, AXIS - 4);
      pen.lineTo(x, this.seen);
    }
    pen.stroke();
  }

  _axis(pen) {
    const step = this._step();
    pen.fillStyle = this.colors.card;
    pen.fillRect(0, 0, this.width, AXIS - 4);
    pen.fillStyle = this.colors.soft;
    pen.font = `11px ${this.font}`;
    pen.textBaseline = "middle";
    pen.textAlign = "center";
    for (let tick = Math.ceil(this.from / step) * step; tick <= this.to; tick += step) {
      const x = this.x(tick);
      pen.textAlign = x < 10 ? "left" : x > this.width - 10 ? "right" : "center";
      pen.fillText(String(tick), Math.max(1, Math.min(x, this.width - 1)), 9);
    }
    pen.fillStyle = this.colors.alarm;
    for (const tick of this.flags) {
      const x = this.x(tick);
      pen.beginPath();
      pen.moveTo(x - 5, AXIS - 10);
      pen.lineTo(x + 5, AXIS - 10);
      pen.lineTo(x, AXIS - 3);
      pen.fill();
    }
  }

  /** The bars of a lane at this distance. */
  _bars(lane) {
    const width = 2 ** Math.ceil(Math.log2(Math.max(1, 2 / this.scale)));
    if (width === 1 || lane.start.length < this.width) return lane;
    const key = `${lane.kind} ${lane.name} ${width}`;
    if (!this.coarse.has(key)) this.coarse.set(key, coarse(lane, width));
    return this.coarse.get(key);
  }

  _lane(pen, lane, group, y) {
    const top = y + (ROW - BAR) / 2;
    pen.fillStyle = this.colors.lane;
    pen.fillRect(0, top, Math.min(this.width, this.x(this.play.ticks)), BAR);
    const bars = this._bars(lane);
    let edge = -Infinity; // bars thinner than a pixel are drawn once per pixel
    for (let i = countUpTo(bars.end, this.from); i < bars.start.length && bars.start[i] <= this.to; i += 1) {
      const right = this.x(bars.end[i]);
      if (right - edge < 0.75) continue;
      const left = Math.max(this.x(bars.start[i]), edge);
      edge = right;
      this._bar(pen, bars, i, [left, top, Math.max(0.75, right - left), BAR], group);
    }
  }

  _bar(pen, bars, i, [x, y, wide, high], group) {
    const state = this.data.states[bars.state[i]];
    const who = this.play.strings[bars.who[i]] || "";
    const thread = group === "core" && state === "running" ? this.play.threadByName.get(who) : null;
    if (thread) this._color(pen, thread.number, x, y, wide, high);
    else this._ground(pen, state, x, y, wide, high);
    if (wide >= 4) {
      pen.strokeStyle = "rgba(0,0,0,.35)";
      pen.lineWidth = 1;
      pen.strokeRect(Math.max(x, -2) + 0.5, y + 0.5, Math.min(x + wide, this.width + 2) - Math.max(x, -2) - 1, high - 1);
    }
    const words = thread ? who : state === "running" ? who : who || state;
    if (wide >= 12) this._words(pen, thread, words, state, [x, y, wide, high]);
  }

  /** The text of a bar, on a plain ground of its own where there is a pattern. */
  _words(pen, thread, words, state, [x, y, wide, high]) {
    const from = Math.max(x, 0);
    const room = Math.min(x + wide, this.width) - from - 8;
    pen.font = `11px ${this.font}`;
    let shown = visible(words);
    if (room < 8) return;
    if (pen.measureText(shown).width > room) {
      if (thread) shown = thread.letter;
      else {
        const fits = Math.floor(room / 6.4) - 1;
        if (fits < 2) return;
        shown = `${shown.slice(0, fits)}…`;
      }
      if (pen.measureText(shown).width > room) return;
    }
    const width = pen.measureText(shown).width;
    const middle = from + (room + 8) / 2;
    const patterned = STROKES[state] || (thread && thread.number >= 8);
    if (patterned) {
      pen.fillStyle = thread ? this.colors[`t${thread.number % 8}`] : this.colors[`s-${state}`];
      pen.fillRect(middle - width / 2 - 3, y + 2, width + 6, high - 4);
    }
    pen.fillStyle = INK;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(shown, middle, y + high / 2 + 0.5);
  }

  _ground(pen, state, x, y, wide, high) {
    pen.fillStyle = this.colors[`s-${state}`];
    pen.fillRect(x, y, wide, high);
    if (STROKES[state] && wide >= 3) {
      pen.fillStyle = this._pattern(pen, state, this.colors[`l-${state}`]);
      pen.fillRect(x, y, wide, high);
    }
  }

  _color(pen, number, x, y, wide, high) {
    pen.fillStyle = this.colors[`t${number % 8}`];
    pen.fillRect(x, y, wide, high);
    const round = Math.floor(number / 8);
    if (round && wide >= 3) {
      pen.fillStyle = this._pattern(pen, `again${1 + ((round - 1) % 3)}`, "rgba(26,26,26,.45)");
      pen.fillRect(x, y, wide, high);
    }
  }

  _pattern(pen, name, color) {
    if (!this.patterns[name]) {
      const [size, lines] = STROKES[name];
      const tile = document.createElement("canvas");
      tile.width = size * 2;
      tile.height = size * 2;
      const own = tile.getContext("2d");
      own.scale(2, 2);
      own.strokeStyle = color;
      own.lineWidth = 1;
      for (const [x1, y1, x2, y2] of lines) {
        own.beginPath();
        own.moveTo(x1, y1);
        own.lineTo(x2, y2);
        own.stroke();
      }
      const made = pen.createPattern(tile, "repeat");
      made.setTransform(new DOMMatrix().scale(0.5));
      this.patterns[name] = made;
    }
    return this.patterns[name];
  }

  /** What a schedule repeats for ever. */
  _loop(pen) {
    const from = this.play.raw.loop;
    if (from < 0) return;
    const x = this.x(from);
    pen.fillStyle = this.colors.accent;
    pen.globalAlpha = 0.12;
    pen.fillRect(x, AXIS - 4, this.x(this.play.ticks) - x, this.seen);
    pen.globalAlpha = 1;
    pen.font = `11px ${this.font}`;
    pen.fillStyle = this.colors.ink;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.fillText("↻ for ever", x + 4, AXIS + 4);
  }

  _arrows(pen, scrolled) {
    const { arrows, arrowEnds } = this.play;
    const first = countUpTo(arrowEnds, this.from - 1);
    const last = countUpTo(arrowEnds, this.to);
    if (last - first > MOST_ARROWS) return;
    const place = new Map(this.rows.map(({ lane, y }) => [lane, y - scrolled]));
    for (let i = first; i < last; i += 1) {
      const arrow = arrows[i];
      const source = place.get(this.play.lanes[arrow.source]);
      const target = place.get(this.play.lanes[arrow.target]);
      if (source === undefined || target === undefined || source === target) continue;
      const down = target > source;
      const edge = (ROW - BAR) / 2;
      const y1 = source + (down ? ROW - edge : edge);
      const y2 = target + (down ? edge : ROW - edge);
      const x1 = this.x(arrow.start);
      const x2 = this.x(arrow.end);
      const bend = x1 === x2 && Math.abs(y2 - y1) > ROW ? 10 : 0;
      this._curve(pen, arrow.kind, [x1, y1, x1 + bend, y1 + (y2 - y1) * 0.4, x2 + bend, y1 + (y2 - y1) * 0.6, x2, y2]);
    }
  }

  _curve(pen, kind, [x1, y1, x2, y2, x3, y3, x4, y4]) {
    pen.strokeStyle = this.colors[`a-${kind}`];
    pen.fillStyle = this.colors[`a-${kind}`];
    pen.lineWidth = 1.5;
    pen.setLineDash(kind === "message" ? [5, 2] : kind === "spawn" ? [2, 2] : []);
    pen.beginPath();
    pen.moveTo(x1, y1);
    pen.bezierCurveTo(x2, y2, x3, y3, x4, y4);
    pen.stroke();
    pen.setLineDash([]);
    const angle = Math.atan2(y4 - y3, x4 - x3);
    pen.beginPath();
    pen.moveTo(x4, y4);
    for (const turn of [2.7, -2.7]) pen.lineTo(x4 + 7 * Math.cos(angle + turn), y4 + 7 * Math.sin(angle + turn));
    pen.fill();
  }

  _marks(pen, lane, y) {
    let free = -Infinity;
    for (const mark of lane.marks) {
      if (mark.tick < this.from || mark.tick > this.to) continue;
      const x = Math.max(this.x(mark.tick), 7);
      if (x - free < 9 && mark.kind === "print") continue;
      free = x;
      this._sign(pen, mark.kind, x, mark.kind === "print" ? y + 6 : y + ROW / 2 + 4);
    }
  }

  _sign(pen, kind, x, y) {
    const [look, path] = this.signs[kind];
    const alarm = look.includes("alarm");
    pen.save();
    pen.translate(x, y);
    pen.lineJoin = "round";
    pen.lineWidth = alarm ? 2.4 : 1.2;
    pen.strokeStyle = alarm ? this.colors.card : this.colors.ink;
    pen.fillStyle = alarm ? this.colors.alarm : this.colors.card;
    if (alarm) pen.stroke(path);
    pen.fill(path, "evenodd");
    if (!alarm) pen.stroke(path);
    pen.restore();
  }

  _head(pen) {
    const x = Math.round(this.x(this.tick));
    pen.fillStyle = this.colors.accent;
    pen.fillRect(x - 1, AXIS - 6, 2, this.seen);
    const words = String(this.tick);
    pen.font = `600 11px ${this.font}`;
    const half = pen.measureText(words).width / 2 + 6;
    const middle = Math.max(half, Math.min(this.width - half, x));
    pen.beginPath();
    pen.roundRect(middle - half, 1, half * 2, 17, 6);
    pen.fill();
    pen.fillStyle = this.colors.card;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(words, middle, 10);
  }

  // -- what the mouse is over -----------------------------------------------------------------------

  _hover(event) {
    const box = this.canvas.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top + this.scroller.scrollTop;
    const row = this.rows.find((one) => y >= one.y && y < one.y + ROW);
    const tick = (x + this.scroller.scrollLeft) / this.scale;
    const words = row && this._tip(row, tick);
    this.tip.hidden = !words;
    if (!words) return;
    put(this.tip, words);
    const frame = this.frame.getBoundingClientRect();
    const left = Math.min(event.clientX - frame.left + 14, frame.width - this.tip.offsetWidth - 8);
    this.tip.style.left = `${Math.max(4, left)}px`;
    this.tip.style.top = `${event.clientY - frame.top + 16}px`;
  }

  _tip({ lane }, tick) {
    const mark = lane.marks.find((one) => Math.abs(one.tick - tick) * this.scale < 8);
    if (mark) return `${this.play.unit} ${mark.tick}: ${mark.text}`;
    const i = countUpTo(lane.start, tick) - 1;
    if (i < 0 || tick >= lane.end[i]) return "";
    const who = this.play.strings[lane.who[i]];
    const state = this.data.states[lane.state[i]];
    return `${lane.name}: ${state}${who ? ` (${who})` : ""}, ${this.play.unit} ${lane.start[i]} to ${lane.end[i]}`;
  }
}

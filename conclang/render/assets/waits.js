/* Who waits for whom: a small graph of the threads that wait, and the same in words. */

import { h, put, s, visible } from "./dom.js";
import { badge } from "./source.js";

const MOST = 14; // threads in the picture; the words say all
const WIDE = 132;
const HIGH = 30;

/** Waits as edges: [{from, to: thread name or "", thing, kind}]. */
export function edgesOf(moment, thingNumber) {
  const edges = [];
  for (const { thread, object, kind } of moment.waiting()) {
    if (kind === "end") {
      edges.push({ from: thread.name, to: object, thing: "", kind });
      continue;
    }
    const number = thingNumber.get(object);
    const holders = number === undefined ? [] : moment.holders(number);
    const held = kind === "lock" || kind === "rwlock" || kind === "semaphore";
    if (held && holders.length) {
      for (const [name] of holders) edges.push({ from: thread.name, to: name, thing: object, kind });
    } else edges.push({ from: thread.name, to: "", thing: object, kind });
  }
  return edges;
}

/** Threads of a ring of waits, in order; empty if there is none. */
export function ringOf(edges) {
  const next = new Map();
  for (const { from, to } of edges) if (to) next.set(from, [...(next.get(from) || []), to]);
  const done = new Set();
  for (const first of next.keys()) {
    const path = [first];
    const choices = [0];
    const on = new Map([[first, 0]]);
    while (path.length) {
      const here = path[path.length - 1];
      const others = next.get(here) || [];
      const choice = choices[choices.length - 1];
      if (done.has(here) || choice >= others.length) {
        done.add(here);
        on.delete(here);
        path.pop();
        choices.pop();
        continue;
      }
      choices[choices.length - 1] += 1;
      const other = others[choice];
      if (on.has(other)) return path.slice(on.get(other));
      if (done.has(other)) continue;
      on.set(other, path.length);
      path.push(other);
      choices.push(0);
    }
  }
  return [];
}

const WORDS = {
  lock: "for lock", rwlock: "for rwlock", semaphore: "for semaphore", condition: "on condition",
  barrier: "at barrier", event: "for event", channel: "on channel", device: "for device",
  select: "in a", end: "for the end of", memory: "for", spins: "in a loop",
};

export class Waits {
  constructor(body, data) {
    this.things = new Map(data.things.map(([, name], number) => [name, number]));
    this.picture = h("div", { class: "waits-picture" });
    this.list = h("ul", { class: "waits-list" });
    put(body, this.picture, this.list);
    this.last = "";
  }

  show(moment) {
    const edges = edgesOf(moment, this.things);
    const key = JSON.stringify(edges);
    if (key === this.last) return;
    this.last = key;
    const ring = ringOf(edges);
    this._words(edges, ring, moment.play);
    this._draw(edges, ring, moment.play);
  }

  _words(edges, ring, play) {
    if (!edges.length) {
      put(this.list, h("li", { class: "empty" }, "Nobody waits."));
      return;
    }
    const rows = [];
    if (ring.length) {
      const round = [...ring, ring[0]].join(" → ");
      rows.push(h("li", { class: "ring" }, h("strong", null, "Ring: "), h("bdi", null, round)));
    }
    for (const { from, to, thing, kind } of edges.slice(0, 60)) {
      const thread = play.threadByName.get(from);
      const what = kind === "end" ? to : thing;
      const held = to && kind !== "end" ? [", held by ", to === from ? "itself" : h("bdi", { class: "name" }, to)] : null;
      rows.push(h("li", null, thread && badge(thread), h("span", null, h("bdi", { class: "name" }, from), ` waits ${WORDS[kind] || "for"} `, h("bdi", { class: "name" }, what), held)));
    }
    if (edges.length > 60) rows.push(h("li", null, `… and ${edges.length - 60} more`));
    put(this.list, rows);
  }

  /** Columns from right (who goes on) to left; a ring is a circle. */
  _draw(edges, ring, play) {
    const nodes = nodesOf(edges, ring);
    if (!nodes.size || nodes.size > MOST) {
      put(this.picture);
      return;
    }
    const { width, height } = ring.length > 1 ? circle(nodes, ring) : columns(nodes, edges);
    const id = `waits-arrow-${ring.length ? "bad" : "good"}`;
    const picture = s(
      "svg", { viewBox: `0 0 ${width} ${height}`, class: "waits-svg", role: "img", "aria-label": visible(title(edges, ring)) },
      s("defs", null, ["good", "bad"].map((kind) => s(
        "marker", { id: `waits-arrow-${kind}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" },
        s("path", { d: "M0,0 L8,4 L0,8 z", class: `head-${kind}` }),
      ))),
      edges.map((edge) => line(nodes, edge, ring)),
      [...nodes.values()].map((node) => shape(node, ring, play)),
    );
    picture.dataset.arrow = id;
    picture.style.maxWidth = `${width}px`;
    put(this.picture, picture);
  }
}

function title(edges, ring) {
  if (ring.length) return `${ring.length} threads wait in a ring: ${ring.join(", ")}`;
  return `${edges.length} waits; the list below says them in words`;
}

function nodesOf(edges) {
  const nodes = new Map();
  const add = (key, name, thread) => { if (!nodes.has(key)) nodes.set(key, { key, name, thread, x: 0, y: 0 }); };
  for (const edge of edges) {
    add(`t ${edge.from}`, edge.from, true);
    if (edge.to) add(`t ${edge.to}`, edge.to, true);
    else add(`o ${edge.kind} ${edge.thing}`, edge.thing || edge.kind, false);
  }
  return nodes;
}

function targetOf(edge) {
  return edge.to ? `t ${edge.to}` : `o ${edge.kind} ${edge.thing}`;
}

/** The ring on a circle, others in a row below. */
function circle(nodes, ring) {
  // neighbours are so far apart that the name of what they wait for fits between them
  const wide = ring.length < 3 ? 120 : (WIDE + 90) / (2 * Math.sin(Math.PI / ring.length));
  const high = ring.length < 3 ? 0 : Math.max(72, wide * 0.55);
  const width = 2 * wide + WIDE + 24;
  const middle = [width / 2, ring.length < 3 ? 44 : high + HIGH / 2 + 6];
  ring.forEach((name, i) => {
    const node = nodes.get(`t ${name}`);
    const angle = ring.length === 2 ? Math.PI * (1 - i) : (2 * Math.PI * i) / ring.length - Math.PI / 2;
    node.x = middle[0] + wide * Math.cos(angle);
    node.y = middle[1] + high * Math.sin(angle);
  });
  const others = [...nodes.values()].filter((node) => !(node.thread && ring.includes(node.name)));
  const bottom = middle[1] + (ring.length < 3 ? 70 : high + HIGH + 24);
  const perRow = Math.max(1, Math.floor(width / (WIDE + 16)));
  others.forEach((node, i) => {
    node.x = (width / Math.min(perRow, others.length)) * ((i % perRow) + 0.5);
    node.y = bottom + Math.floor(i / perRow) * (HIGH + 34);
  });
  const rows = Math.ceil(others.length / perRow);
  return { width, height: rows ? bottom + (rows - 1) * (HIGH + 34) + HIGH : bottom - (ring.length < 3 ? 26 : HIGH) };
}

function columns(nodes, edges) {
  const depth = new Map();
  const depthOf = (key, seen) => {
    if (depth.has(key)) return depth.get(key);
    if (seen.has(key)) return 0;
    seen.add(key);
    let most = 0;
    for (const edge of edges) {
      if (`t ${edge.from}` === key) most = Math.max(most, 1 + depthOf(targetOf(edge), seen));
    }
    depth.set(key, most);
    return most;
  };
  const byColumn = new Map();
  for (const node of nodes.values()) {
    const column = depthOf(node.key, new Set());
    if (!byColumn.has(column)) byColumn.set(column, []);
    byColumn.get(column).push(node);
  }
  const count = Math.max(...byColumn.keys()) + 1;
  const most = Math.max(...[...byColumn.values()].map((those) => those.length));
  const width = Math.max(1, count) * WIDE + (count - 1) * 88 + 8;
  const height = most * (HIGH + 14) + 8;
  for (const [column, those] of byColumn) {
    those.forEach((node, i) => {
      node.x = 4 + (count - 1 - column) * (WIDE + 88) + WIDE / 2;
      node.y = (height / those.length) * (i + 0.5);
    });
  }
  return { width, height };
}

/** Where the line between two boxes meets the first. */
function border(from, to) {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const part = Math.min(
    (WIDE / 2 + 3) / Math.max(Math.abs(dx), 0.01), (HIGH / 2 + 3) / Math.max(Math.abs(dy), 0.01), 0.5,
  );
  return [from.x + dx * part, from.y + dy * part];
}

function line(nodes, edge, ring) {
  const from = nodes.get(`t ${edge.from}`);
  const to = nodes.get(targetOf(edge));
  const place = ring.indexOf(edge.from);
  const bad = place >= 0 && ring[(place + 1) % ring.length] === edge.to;
  const style = bad ? "bad" : "good";
  if (from === to) {
    const d = `M${from.x - 20},${from.y - HIGH / 2} c-10,-34 50,-34 40,-3`;
    return s("path", { d, class: `wait wait-${style}`, "marker-end": `url(#waits-arrow-${style})` });
  }
  const both = ring.length === 2 && bad;
  const [x1, y1] = border(from, to);
  const [x2, y2] = border(to, from);
  const bend = both ? 30 * (from.x < to.x ? -1 : 1) : 0;
  const mx = (x1 + x2) / 2;
  const my = (y1 + y2) / 2 + bend;
  const d = bend ? `M${x1},${y1} Q${mx},${my} ${x2},${y2}` : `M${x1},${y1} L${x2},${y2}`;
  const words = edge.kind === "end" ? "its end" : edge.to ? edge.thing : "";
  const short = words.length > 12 ? `${words.slice(0, 11)}…` : words;
  return s(
    "g", null,
    s("path", { d, class: `wait wait-${style}`, "marker-end": `url(#waits-arrow-${style})` }),
    words && s("text", { x: mx, y: (y1 + y2) / 2 + bend * 0.75 + 3, class: "wait-words" }, short, s("title", null, words)),
  );
}

function shape(node, ring, play) {
  const bad = node.thread && ring.includes(node.name);
  const thread = play.threadByName.get(node.name);
  const room = node.thread ? 12 : 16;
  const short = node.name.length > room ? `${node.name.slice(0, room - 1)}…` : node.name;
  const left = node.x - WIDE / 2;
  const top = node.y - HIGH / 2;
  return s(
    "g", { class: `node ${node.thread ? "node-thread" : "node-thing"}${bad ? " node-bad" : ""}` },
    s("title", null, node.name),
    s("rect", { x: left, y: top, width: WIDE, height: HIGH, rx: node.thread ? HIGH / 2 : 5 }),
    node.thread && thread && [
      s("circle", { cx: left + 17, cy: node.y, r: 9, class: `fill-t${thread.number % 8}` }),
      s("text", { x: left + 17, y: node.y + 4, class: "node-letter" }, thread.letter),
    ],
    s("text", { x: node.thread ? node.x + 12 : node.x, y: node.y + 4, class: "node-words" }, short),
  );
}

/* What happened, decoded: columns of numbers become arrays, and the state at any moment is found
   from a copy kept every so often and the few changes since. */

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const BETWEEN = 512; // changes between two copies of the state, at least

/** The letter of a thread, as schedules write it. */
export function letterOf(number) {
  return number < LETTERS.length ? LETTERS[number] : String(number);
}

function summed(differences) {
  const out = new Int32Array(differences.length);
  let total = 0;
  for (let i = 0; i < out.length; i += 1) {
    total += differences[i];
    out[i] = total;
  }
  return out;
}

/** How many of the sorted numbers are at most this one. */
export function countUpTo(numbers, most) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One run or schedule that can be played. */
export class Play {
  constructor(raw, data) {
    this.raw = raw;
    this.data = data;
    this.ticks = raw.ticks;
    this.unit = raw.unit;
    this.strings = raw.strings;
    this.values = raw.values;
    this._events(raw.events);
    this._changes(raw.changes);
    this._slots(raw.slots);
    this._threads(raw.threads);
    this._lanes(raw.timeline);
    this._moments();
    this.prints = this._ofKind("print");
  }

  _events(raw) {
    this.eventTick = summed(raw.tick);
    this.eventThread = Int32Array.from(raw.thread);
    this.eventKind = Uint8Array.from(raw.kind);
    this.eventObject = Int32Array.from(raw.object);
    this.eventValue = Int32Array.from(raw.value);
    this.eventSite = Int32Array.from(raw.site);
    this.eventCore = Int32Array.from(raw.core);
    this.eventCount = raw.tick.length;
  }

  _changes(raw) {
    this.changeTick = summed(raw.tick);
    this.changeSlot = Int32Array.from(raw.slot);
    this.changeValue = Int32Array.from(raw.value);
    const slots = this.raw.slots.length;
    this.between = Math.max(BETWEEN, slots);
    this.copies = [new Int32Array(slots)];
    const state = new Int32Array(slots);
    for (let i = 0; i < this.changeTick.length; i += 1) {
      state[this.changeSlot[i]] = this.changeValue[i];
      if ((i + 1) % this.between === 0) this.copies.push(state.slice());
    }
  }

  _slots(raw) {
    this.status = new Map();
    this.at = new Map();
    this.locals = new Map(); // thread -> [{depth, name, slot}]
    this.cells = new Map(); // cell -> [{element, slot}]
    this.things = new Map(); // thing -> {what: slot}
    raw.forEach(([what, number, ...rest], slot) => {
      if (what === "status") this.status.set(number, slot);
      else if (what === "at") this.at.set(number, slot);
      else if (what === "local") {
        if (!this.locals.has(number)) this.locals.set(number, []);
        this.locals.get(number).push({ depth: rest[0], name: rest[1], slot });
      } else if (what === "cell") {
        if (!this.cells.has(number)) this.cells.set(number, []);
        this.cells.get(number).push({ element: rest[0], slot });
      } else if (what === "thing") {
        if (!this.things.has(number)) this.things.set(number, {});
        this.things.get(number)[rest[0]] = slot;
      }
    });
    for (const parts of this.cells.values()) parts.sort((a, b) => a.element - b.element);
    for (const own of this.locals.values()) own.sort((a, b) => a.depth - b.depth);
  }

  _threads(raw) {
    const daemons = new Set(this.raw.daemons);
    this.threads = raw.map(([name, kind], number) => ({
      number, name, kind, letter: letterOf(number), daemon: daemons.has(name),
    }));
    this.threadByName = new Map(this.threads.map((thread) => [thread.name, thread]));
  }

  _lanes(raw) {
    this.lanes = raw.lanes.map((lane) => {
      const start = summed(lane.start);
      const end = start.slice();
      for (let i = 0; i < end.length; i += 1) end[i] += lane.long[i];
      return {
        kind: lane.kind, name: lane.name, start, end,
        state: Uint8Array.from(lane.state), who: Int32Array.from(lane.who),
        marks: [], thread: this.threadByName.get(lane.name) || null,
      };
    });
    for (const [lane, tick, kind, text] of raw.marks) this.lanes[lane].marks.push({ tick, kind, text });
    this.arrows = raw.arrows
      .map(([kind, source, start, target, end, text]) => ({ kind, source, start, target, end, text }))
      .sort((a, b) => a.end - b.end);
    this.arrowEnds = Int32Array.from(this.arrows, (arrow) => arrow.end);
  }

  /** The ticks at which anything happens, with the first and the last. */
  _moments() {
    const found = [0];
    let a = 0;
    let b = 0;
    const events = this.eventTick;
    const changes = this.changeTick;
    while (a < events.length || b < changes.length) {
      const next = Math.min(
        a < events.length ? events[a] : Infinity, b < changes.length ? changes[b] : Infinity,
      );
      while (a < events.length && events[a] === next) a += 1;
      while (b < changes.length && changes[b] === next) b += 1;
      if (next > found[found.length - 1] && next <= this.ticks) found.push(next);
    }
    if (found[found.length - 1] < this.ticks) found.push(this.ticks);
    this.moments = Int32Array.from(found);
  }

  _ofKind(name) {
    const kind = this.data.kinds.findIndex((row) => row[0] === name);
    const found = [];
    for (let i = 0; i < this.eventCount; i += 1) if (this.eventKind[i] === kind) found.push(i);
    return Int32Array.from(found);
  }

  /** Everything at a tick, after all that happens at it. */
  stateAt(tick) {
    const upTo = countUpTo(this.changeTick, tick);
    const copy = Math.floor(upTo / this.between);
    const state = this.copies[copy].slice();
    const changed = new Set();
    for (let i = copy * this.between; i < upTo; i += 1) {
      state[this.changeSlot[i]] = this.changeValue[i];
    }
    for (let i = upTo - 1; i >= 0 && this.changeTick[i] === tick; i -= 1) {
      changed.add(this.changeSlot[i]);
    }
    return new Moment(this, tick, state, changed);
  }

  /** First event at a tick, and the first after it. */
  eventsAt(tick) {
    return [countUpTo(this.eventTick, tick - 1), countUpTo(this.eventTick, tick)];
  }

  /** The moment before or after a tick at which anything happens. */
  neighbour(tick, direction) {
    if (direction > 0) {
      const place = countUpTo(this.moments, tick);
      return place < this.moments.length ? this.moments[place] : this.ticks;
    }
    const place = countUpTo(this.moments, tick - 1) - 1;
    return place >= 0 ? this.moments[place] : 0;
  }

  /** An event in words. */
  sentence(i) {
    const template = this.data.kinds[this.eventKind[i]][2];
    return template.replace(/\{(thread|object|value)\}/g, (_, field) => {
      if (field === "thread") return this.strings[this.eventThread[i]] || "";
      if (field === "object") return this.strings[this.eventObject[i]] || "";
      const value = this.strings[this.eventValue[i]];
      return value === null ? "" : value;
    });
  }

  lineOf(site) {
    const place = this.data.places[site];
    return place ? place[0] : 0;
  }
}

/** The state at one tick. */
export class Moment {
  constructor(play, tick, state, changed) {
    this.play = play;
    this.tick = tick;
    this.state = state;
    this.changed = changed;
  }

  value(slot) {
    return slot === undefined ? null : this.play.values[this.state[slot]];
  }

  isChanged(slot) {
    return slot !== undefined && this.changed.has(slot);
  }

  status(thread) {
    return this.value(this.play.status.get(thread));
  }

  /** Sites of the frames, outermost first. */
  stack(thread) {
    return this.value(this.play.at.get(thread)) || [];
  }

  line(thread) {
    const sites = this.stack(thread);
    return sites.length ? this.play.lineOf(sites[sites.length - 1]) : 0;
  }

  /** Threads that wait, with what for: [{thread, kind, object}]. */
  waiting() {
    const found = [];
    for (const thread of this.play.threads) {
      const status = this.status(thread.number);
      if (!status) continue;
      if (status[0] === "wait") found.push({ thread, object: status[1], kind: status[2] });
      else if (status[0] === "io") found.push({ thread, object: status[1], kind: "device" });
    }
    return found;
  }

  /** Who holds a thing: [[name, mode]]. */
  holders(thing) {
    const slots = this.play.things.get(thing);
    return (slots && this.value(slots.holders)) || [];
  }
}

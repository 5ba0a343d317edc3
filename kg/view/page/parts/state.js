'use strict';
// What the reader chose, and the same in the address: only what differs from the default stands
// in the hash, so that a link says what it shows.

const CHOICE = {
  view: '', // id of the preset
  focus: [], // ids of entities whose neighbourhood is shown
  hops: 1,
  path: [], // two ids, the ends of a chain; '' where one is still to be chosen
  any: false, // chains may go against the direction of the goods
  hide: [], // types that were switched off
  add: [], // types that the preset does not have and that were switched on
  modes: null, // names of the modalities shown; null is all but negated
  confidence: 0, // hundredths
  origins: 1,
  from: '', // YYYY-MM
  to: '',
  top: 0,
  thin: true,
  list: false,
  node: '', // what the card is about
  edge: '',
  lang: '',
  theme: '',
};

/** Whether both ends of a path are chosen. */
const hasPath = (value) => value.path.length === 2 && value.path.every(Boolean);

/** The state, whom to tell when it changes, and a way back. */
class State {
  constructor(data) {
    this.defaults = { ...CHOICE, view: data.presets[0].id, top: data.top, lang: data.lang };
    this.value = { ...this.defaults };
    this.listeners = [];
    this.before = []; // hashes to go back to from a neighbourhood or a path
  }

  /** Take in what the address says; what it says wrongly is left at its default. */
  read(hash) {
    const value = { ...this.defaults };
    for (const [key, text] of new URLSearchParams(hash.replace(/^#/, ''))) {
      if (!Object.hasOwn(CHOICE, key)) continue;
      const usual = this.defaults[key];
      if (key === 'modes' || Array.isArray(usual)) {
        value[key] = text.split(',').slice(0, 200);
      } else if (typeof usual === 'number') {
        const number = Number(text);
        if (Number.isInteger(number) && number >= 0) value[key] = number;
      } else if (typeof usual === 'boolean') value[key] = text === '1';
      else value[key] = text;
    }
    value.hops = Math.min(value.hops, 2);
    value.lang = value.lang === 'en' ? 'en' : 'zh';
    this.value = value;
  }

  /** The address of the state: only what is not as usual. */
  hash() {
    const parts = [];
    for (const [key, value] of Object.entries(this.value)) {
      const text = State.text(value);
      if (text === State.text(this.defaults[key])) continue;
      // ids and names are letters: commas may stay readable
      parts.push(`${key}=${encodeURIComponent(text).replaceAll('%2C', ',')}`);
    }
    return parts.join('&');
  }

  static text(value) {
    if (value === null) return '';
    if (Array.isArray(value)) return value.join(',');
    return typeof value === 'boolean' ? String(Number(value)) : String(value);
  }

  /** Change some of it. `step` makes an entry in the browser's history. */
  set(change, { step = false } = {}) {
    Object.assign(this.value, change);
    const hash = `#${this.hash()}`;
    try {
      window.history[step ? 'pushState' : 'replaceState'](null, '', hash);
    } catch {
      // a page inside a notebook cell has no address of its own
    }
    this.tell();
  }

  /** Show something else for a while: `leave` comes back to what is shown now. */
  enter(change) {
    this.before.push(this.hash());
    this.set(change, { step: true });
  }

  /** Back to what was shown before the neighbourhood or path. */
  leave() {
    const { lang, theme, list } = this.value;
    if (this.before.length) this.read(this.before.pop());
    this.set({ focus: [], path: [], node: '', edge: '', ...this.ends(), lang, theme, list },
      { step: true });
  }

  /** A neighbourhood or path that was itself entered from one. */
  ends() {
    return this.before.length ? { focus: this.value.focus, path: this.value.path } : {};
  }

  tell() {
    for (const listener of this.listeners) listener();
  }
}

'use strict';
// Finding nodes by name or alias, and sentences by what they say, at each keystroke.

const MOST_NAMES = 12;
const MOST_SENTENCES = 8;

/** What is searched, folded once: when the reader first goes to a field for it. */
class Index {
  constructor(data) {
    this.data = data;
  }

  build() {
    const { data } = this;
    this.nodes = data.nodes.map((node) => ({
      node, name: fold(node.name), aliases: node.aliases.map(fold) }));
    this.sentences = data.sentences.filter((sentence) => sentence.edges.size)
      .map((sentence) => ({ sentence, text: fold(sentence.text) }));
  }

  /** Nodes that `text` may mean, best first: [{ node, alias }]. */
  names(text, most = MOST_NAMES) {
    if (!this.nodes) this.build();
    const { whole, isIn } = wantedOf(text);
    if (!whole) return [];
    const rank = (name) => {
      if (name === whole) return 0;
      if (name.startsWith(whole)) return 1;
      if (name.includes(whole)) return 2;
      if (isIn(name)) return 3;
      const at = initialsAt(name, whole);
      return at < 0 ? Infinity : 4 + Math.sign(at);
    };
    const hits = [];
    for (const { node, name, aliases } of this.nodes) {
      let best = rank(name);
      let alias = '';
      aliases.forEach((one, at) => {
        if (rank(one) + 0.5 < best) {
          best = rank(one) + 0.5;
          alias = node.aliases[at];
        }
      });
      if (best < Infinity) hits.push({ node, alias, best });
    }
    hits.sort((one, other) => one.best - other.best
      || other.node.edges.length - one.node.edges.length || one.node.index - other.node.index);
    return hits.slice(0, most);
  }

  /** Sentences that have `text`, those that more rests on first. */
  find(text, most = MOST_SENTENCES) {
    if (!this.nodes) this.build();
    const { whole, words, isIn } = wantedOf(text);
    if (!whole) return [];
    const rank = (one) => Number(!one.text.includes(whole));
    return this.sentences.filter((one) => isIn(one.text))
      .sort((one, other) => rank(one) - rank(other)
        || other.sentence.edges.size - one.sentence.edges.size)
      .slice(0, most).map(({ sentence, text: folded }) => ({
        sentence, wanted: folded.includes(whole) ? whole : words[0] }));
  }
}

/** The part of a sentence around what was found, with it marked. */
function snippet(sentence, wanted) {
  const { text } = sentence;
  const place = foldedPlace(text, wanted);
  if (!place) return [text.slice(0, 60)];
  const [at, end] = place;
  const start = Math.max(0, at - 14);
  return [start ? '…' : '', text.slice(start, at), make('mark', {}, text.slice(at, end)),
    text.slice(end, end + 40)];
}

/** An input with a list of what it may mean (the combobox pattern of ARIA). */
class Finder {
  /** `choose` is told { node } or { sentence }; sentences are offered if `sentences`. */
  constructor(input, list, index, palette, { sentences, choose }) {
    Object.assign(this, { input, list, index, palette, sentences, choose, at: -1, options: [] });
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-controls', list.id);
    input.setAttribute('aria-expanded', 'false');
    input.setAttribute('aria-autocomplete', 'list');
    list.setAttribute('role', 'listbox');
    input.addEventListener('input', () => this.update());
    input.addEventListener('focus', () => this.update());
    input.addEventListener('blur', () => this.close());
    input.addEventListener('keydown', (event) => this.key(event));
    // a press on an option must not take the focus from the input before the click arrives
    list.addEventListener('mousedown', (event) => event.preventDefault());
  }

  update() {
    const text = this.input.value;
    const names = this.index.names(text);
    const found = this.sentences ? this.index.find(text) : [];
    this.options = [];
    this.at = -1;
    this.list.replaceChildren();
    this.group('names', names.map((hit) => [hit, this.nameOption(hit)]));
    this.group('sentences', found.map((hit) => [hit,
      make('span', { class: 'snippet' }, ...snippet(hit.sentence, hit.wanted))]));
    if (text.trim() && !this.options.length) {
      this.list.append(make('li', { class: 'none', role: 'presentation' }, say('noHits')));
    }
    this.show(Boolean(text.trim()));
    if (this.options.length) this.mark(0);
  }

  nameOption({ node, alias }) {
    return make('span', { class: 'name' }, swatch(node.type, this.palette()), nameOf(node.name),
      alias ? make('span', { class: 'soft' }, nameOf(alias)) : '',
      make('span', { class: 'soft end' }, `${pick(node.type.label)} · ${node.edges.length}`));
  }

  group(words, hits) {
    if (!hits.length) return;
    if (this.sentences) {
      this.list.append(make('li', { class: 'group', role: 'presentation' }, say(words)));
    }
    for (const [hit, content] of hits) {
      const option = make('li', { role: 'option', id: `${this.list.id}-${this.options.length}`,
        'aria-selected': 'false', onclick: () => this.take(hit) }, content);
      this.options.push({ hit, option });
      this.list.append(option);
    }
  }

  show(open) {
    this.list.hidden = !open;
    this.input.setAttribute('aria-expanded', String(open));
  }

  close() {
    this.show(false);
    this.input.removeAttribute('aria-activedescendant');
  }

  mark(at) {
    this.options[this.at]?.option.setAttribute('aria-selected', 'false');
    this.at = (at + this.options.length) % this.options.length;
    const { option } = this.options[this.at];
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', option.id);
  }

  take(hit) {
    this.close();
    this.choose(hit);
  }

  key(event) {
    if (event.isComposing) return; // Enter and arrows belong to the input method
    if (event.key === 'Escape') {
      if (this.list.hidden) this.input.blur();
      this.close();
      event.stopPropagation();
    } else if (this.options.length && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      this.show(true);
      this.mark(this.at + (event.key === 'ArrowDown' ? 1 : -1));
      event.preventDefault();
    } else if (event.key === 'Enter' && this.options[this.at]) {
      this.take(this.options[this.at].hit);
      event.preventDefault();
    }
  }
}

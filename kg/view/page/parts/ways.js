'use strict';
// The form of a path: from where, to where, and which way round.

class Ways {
  constructor(element, index, state, palette, cards) {
    Object.assign(this, { element, index, state, palette, cards });
    this.build();
  }

  build() {
    const field = (at, words) => {
      const input = make('input', { type: 'search', id: `way-${at}`, autocomplete: 'off',
        spellcheck: 'false' });
      const list = make('ul', { class: 'hits', id: `way-hits-${at}`, hidden: true });
      const finder = new Finder(input, list, this.index, this.palette, {
        sentences: false, choose: ({ node }) => this.choose(at, node) });
      return { input, finder, element: make('div', { class: 'field' },
        make('label', { for: input.id }, say(words)), input, list) };
    };
    this.fields = [field(0, 'start'), field(1, 'end')];
    this.any = make('input', { type: 'checkbox',
      onchange: () => this.state.set({ any: this.any.checked }) });
    this.results = make('div', { class: 'results' });
    this.element.replaceChildren(...this.fields.map((one) => one.element),
      make('label', { class: 'check' }, this.any, say('anyWay')), this.results);
  }

  choose(at, node) {
    const ends = [...this.state.value.path, '', ''].slice(0, 2);
    ends[at] = node.id;
    this.state.set({ path: ends, node: '', edge: '' }, { step: ends.every(Boolean) });
    const empty = this.fields.find((_, other) => !ends[other]);
    if (empty) empty.input.focus();
  }

  render(chains, nodeById) {
    const ends = this.state.value.path.map((id) => nodeById.get(id));
    this.fields.forEach(({ input }, at) => {
      if (document.activeElement !== input || ends[at]) input.value = ends[at]?.name ?? '';
    });
    this.any.checked = this.state.value.any;
    const isAsked = ends.length === 2 && ends.every(Boolean);
    this.results.replaceChildren(...(chains.length ? this.cards.paths(chains)
      : [make('p', { class: 'soft' }, isAsked
        ? say('noPath', ends[0].name, ends[1].name) : say('pathHint'))]));
  }
}

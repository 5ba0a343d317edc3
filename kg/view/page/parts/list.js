'use strict';
// What the picture shows, as a table: for readers who do not look, and for those who rather read.

const PAGE = 200; // rows added at a time

class List {
  constructor(element, state) {
    Object.assign(this, { element, state });
  }

  render(edges) {
    const sorted = [...edges].sort((one, other) => weigh(other) - weigh(one));
    const body = make('tbody', {});
    const more = make('p', { class: 'actions' });
    const add = (from) => {
      body.append(...sorted.slice(from, from + PAGE).map((edge) => this.row(edge)));
      if (from) body.rows[from].querySelector('button').focus();
      const left = sorted.length - from - PAGE;
      more.replaceChildren(...left > 0
        ? [button(say('more', Math.min(left, PAGE)), () => add(from + PAGE))] : []);
    };
    const heads = ['subject', 'relation', 'object', 'modality', 'evidence', 'published'];
    add(0);
    this.element.replaceChildren(make('table', {}, make('caption', {}, say('caption')),
      make('thead', {}, make('tr', {}, ...heads.map((key) => (
        make('th', { scope: 'col' }, say(key)))))), body), more);
  }

  row(edge) {
    const [first] = edge.evidence;
    const node = (one) => make('td', {}, make('button', { type: 'button', class: 'link',
      onclick: () => this.state.set({ node: one.id, edge: '' }) }, nameOf(one.name)));
    const open = make('button', { type: 'button', class: 'link',
      onclick: () => this.state.set({ edge: edge.id }) }, pick(edge.type.label));
    const extra = qualifiers(edge).map(([, value]) => value).join(' · ');
    return make('tr', { class: edge.modality.name === NEGATED ? 'negated' : '' },
      node(edge.subject), make('td', {}, open, extra
        ? make('span', { class: 'soft' }, ` ${extra}`) : ''),
      node(edge.object), make('td', {}, pick(edge.modality.label)),
      make('td', { class: 'quote' }, first
        ? brief(cut(first.sentence.text, first.start, first.end), 160) : ''),
      make('td', { class: 'date' }, edge.dates[0] || ''));
  }
}

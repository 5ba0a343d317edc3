'use strict';
// The panel at the side: what is known of a node, the sentences of an edge, the steps of a path.

const FIRST = 12; // relations of a type, or sentences of an edge, shown at first

/** A list that shows its first members and the others on demand. */
function firstOf(values, makeItem, most = FIRST) {
  const list = make('ul', {}, ...values.slice(0, most).map(makeItem));
  if (values.length <= most) return list;
  const rest = make('li', { class: 'rest' }, button(say('more', values.length - most), () => (
    replaceWithFocus(rest, values.slice(most).map(makeItem)))));
  list.append(rest);
  return list;
}

/** The same within a line. */
function firstFew(values, makeItem, most = FIRST) {
  const rest = values.slice(most);
  return [...values.slice(0, most).map(makeItem), ...(rest.length
    ? [make('button', { type: 'button', class: 'link soft', onclick: (event) => (
      event.target.replaceWith(...rest.map(makeItem))) }, say('more', rest.length))] : [])];
}

/** The text with `names` in it emphasised. */
function emphasised(text, names) {
  const parts = [];
  const known = names.filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
  let plain = '';
  for (let at = 0; at < text.length;) {
    const name = known.find((one) => text.startsWith(one, at));
    if (name) {
      parts.push(plain, make('strong', {}, name));
      plain = '';
      at += name.length;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  return [...parts, plain];
}

/** A sentence with the quote marked and the names of the edge's ends emphasised. */
function sentenceOf(evidence, edge) {
  const { text } = evidence.sentence;
  const { start, end } = evidence;
  const names = [edge.subject, edge.object].flatMap((node) => [node.name, ...node.aliases]);
  return make('blockquote', {}, cut(text, 0, start),
    make('mark', {}, ...emphasised(cut(text, start, end), names)), cut(text, end, Infinity));
}

/** Who says so, where and when it was published, with a link where there is one. */
function originOf(evidence) {
  const { outlet, published, title, url } = evidence.document;
  const link = safeUrl(url);
  const name = title || say('untitled');
  const cite = link
    ? make('a', { href: link, target: '_blank', rel: 'noopener noreferrer nofollow' }, nameOf(name))
    : nameOf(name);
  const source = evidence.source
    ? say('says', evidence.source.replace(/^据/, '')) : say('article');
  const facts = [source, outlet, published || say('undated')].filter(Boolean);
  return make('footer', {}, `${facts.join(' · ')} · `, cite,
    make('small', { title: say('rule') }, ` ${evidence.rule}`));
}

function badges(edge) {
  const parts = qualifiers(edge).map(([key, value]) => (
    make('span', { class: 'fact' }, make('b', {}, `${key} `), nameOf(value))));
  return make('p', { class: 'facts' },
    make('span', { class: `mode ${edge.modality.name}` }, pick(edge.modality.label)),
    make('span', { class: 'fact' }, say('sure', Math.round(edge.confidence * 100))),
    make('span', { class: 'fact' }, say('origin', edge.origins)), ...parts);
}

/** The cards: a click in one changes the state; `palette()` has the colours in use. */
class Cards {
  constructor(data, state, palette) {
    Object.assign(this, { data, state, palette });
  }

  nodeLink(node) {
    return make('button', { type: 'button', class: 'link',
      onclick: () => this.state.set({ node: node.id, edge: '' }) }, nameOf(node.name));
  }

  edgeHead(edge) {
    const arrow = edge.type.symmetric ? `—${pick(edge.type.label)}—` : `—${pick(edge.type.label)}→`;
    return make('h3', { class: edge.modality.name === NEGATED ? 'negated' : '' },
      this.nodeLink(edge.subject), make('span', { class: 'arrow' }, ` ${arrow} `),
      this.nodeLink(edge.object));
  }

  evidenceList(edge, most = FIRST) {
    return firstOf(edge.evidence, (one) => (
      make('li', { class: 'evidence' }, sentenceOf(one, edge), originOf(one))), most);
  }

  edge(edge) {
    return make('article', { class: 'edge' }, this.edgeHead(edge), badges(edge),
      make('h4', {}, say('evidences', edge.evidence.length)), this.evidenceList(edge),
      ...this.others(edge));
  }

  /** The other relations between the same two, which the picture draws as one line. */
  others(edge) {
    const { subject, object } = edge;
    const same = subject.edges.filter((one) => one !== edge && one.subject !== one.object
      && (one.subject === object || one.object === object));
    return same.length ? [make('h4', {}, say('others')),
      firstOf(same, (one) => this.row(one, subject, pick(one.type.label)))] : [];
  }

  /** One line of a card: the other end, what qualifies the edge; opens it. */
  row(edge, node, words = '') {
    const outgoing = edge.subject === node;
    const other = outgoing ? edge.object : edge.subject;
    const sign = edge.type.symmetric ? '—' : outgoing ? '→' : '←';
    const extra = qualifiers(edge).map(([, value]) => value).join(' · ');
    const mode = edge.modality.name === 'asserted' ? '' : pick(edge.modality.label);
    return make('li', {}, make('button', { type: 'button',
      class: `row ${edge.modality.name === NEGATED ? 'negated' : ''}`,
      onclick: () => this.state.set({ edge: edge.id }) },
    make('span', { class: 'sign' }, sign), words, swatch(other.type, this.palette()), nameOf(other.name),
    extra ? make('span', { class: 'soft' }, extra) : '',
    mode ? make('span', { class: `mode ${edge.modality.name}` }, mode) : '',
    edge.origins > 1 ? make('span', { class: 'soft' }, `×${edge.origins}`) : '',
    make('span', { class: 'soft', title: say('sure', Math.round(edge.confidence * 100)) },
      `${Math.round(edge.confidence * 100)}%`)));
  }

  node(node) {
    const groups = groupByType(node.edges);
    const order = Object.keys(this.data.groups);
    const types = [...groups.keys()].sort((one, other) => (
      order.indexOf(one.group) - order.indexOf(other.group) || one.index - other.index));
    const sorted = (edges) => [...edges].sort((one, other) => weigh(other) - weigh(one));
    return make('article', { class: 'node' },
      make('h3', {}, swatch(node.type, this.palette()), nameOf(node.name)),
      make('p', { class: 'facts' }, make('span', { class: 'fact' }, pick(node.type.label)),
        make('span', { class: 'fact' }, say(node.isKind ? 'kind' : 'particular')),
        make('span', { class: 'fact' }, say('mentions', node.mentions)),
        make('span', { class: 'fact' }, say('inDocuments', node.documents)),
        make('span', { class: 'fact' }, say('relations', node.edges.length))),
      this.terms(node), this.actions(node),
      ...types.flatMap((type) => [
        make('h4', {}, pick(type.label), make('span', { class: 'soft' },
          ` ${groups.get(type).length}`)),
        firstOf(sorted(groups.get(type)), (edge) => this.row(edge, node))]));
  }

  /** Aliases, roles, prices and the values that came with the name. */
  terms(node) {
    const others = (type, outgoing) => node.edges.filter((edge) => (
      edge.type.name === type && (outgoing ? edge.subject : edge.object) === node
      && edge.modality.name !== NEGATED)).map((edge) => (outgoing ? edge.object : edge.subject));
    const list = make('dl', {});
    const entry = (words, values) => {
      if (values.length) list.append(make('dt', {}, words), make('dd', {}, ...values));
    };
    const links = (nodes) => firstFew([...new Set(nodes)], (one) => this.nodeLink(one));
    entry(say('aliases'), firstFew(node.aliases, nameOf));
    entry(say('roles'), links(others('HAS_ROLE', true)));
    entry(say('players'), links(others('HAS_ROLE', false)));
    entry(say('prices'), links(others('HAS_PRICE', true)));
    for (const [key, value] of node.attrs) entry(key, [nameOf(value)]);
    return list.childElementCount ? list : '';
  }

  actions(node) {
    const { state } = this;
    const [start, end] = state.value.path;
    const near = (hops) => state.enter({ focus: [node.id], path: [], hops, node: node.id });
    // the form of the path, with its chains, takes the place of this card
    const way = (path) => state.set({ path, node: '', edge: '' }, { step: hasPath({ path }) });
    return make('p', { class: 'actions' },
      button(say('hop1'), () => near(1)), button(say('hop2'), () => near(2)),
      button(say('pathFrom'), () => way([node.id, end || ''])),
      button(say('pathTo'), () => way([start || '', node.id])));
  }

  /** A sentence that was found, with all that rests on it. */
  sentence(sentence) {
    return make('article', {}, make('h3', {}, say('sentence')),
      make('blockquote', {}, sentence.text),
      make('ul', {}, ...[...sentence.edges].map((edge) => make('li', {},
        this.edgeHead(edge), badges(edge)))));
  }

  /** The chains between two nodes, a sentence for each step. */
  paths(chains) {
    return chains.map((chain, at) => make('article', { class: 'path' },
      make('h3', {}, say('chain', at + 1, chain.steps.length)),
      make('ol', {}, ...chain.steps.map(({ edge }) => make('li', {}, this.edgeHead(edge),
        badges(edge), this.evidenceList(edge, 1))))));
  }
}

function groupByType(edges) {
  const groups = new Map();
  for (const edge of edges) {
    if (groups.has(edge.type)) groups.get(edge.type).push(edge);
    else groups.set(edge.type, [edge]);
  }
  return groups;
}

'use strict';
// The page's data as objects that refer to each other. `data.py` is the other side.

/** Characters that show nothing, or turn what follows; newline and tab become a space. */
const HIDDEN = new RegExp('[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e'
  + '\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]', 'g');

/** `text` with every hidden character made a visible one; the length stays the same. */
function visible(text) {
  return text.replace(HIDDEN, (mark) => {
    if (mark === '\n' || mark === '\t' || mark === '\r') return ' ';
    return mark < ' ' ? String.fromCharCode(0x2400 + mark.charCodeAt(0)) : '\ufffd';
  });
}

/** As the graph's own folding is not known yet, only width, case and space do not matter. */
let { fold, foldedPlace, wantedOf } = folder(['', '']);
const initialsAt = pinyin();

function learnFolding(told) {
  ({ fold, foldedPlace, wantedOf } = folder(told));
}

/** Part of a text by code points, as Python counts. */
function cut(text, start, end) {
  return /[\ud800-\udfff]/.test(text)
    ? Array.from(text).slice(start, end).join('') : text.slice(start, end);
}

const records = (raw) => Object.entries(raw).map(([key, value]) => [key, visible(String(value))]);

function readData(raw) {
  learnFolding(raw.folding);
  const nodeTypes = raw.nodeTypes.map(([name, label, colour, shape, group], index) => (
    { index, name, label, colour, shape, group, count: 0 }));
  const edgeTypes = raw.edgeTypes.map(([name, label, group, symmetric, against, properties],
    index) => ({ index, name, label, group, symmetric: Boolean(symmetric),
    against: Boolean(against), properties, count: 0 }));
  const modalities = raw.modalities.map(([name, zh, en]) => (
    { name, label: [zh, en], count: 0 }));
  const documents = raw.documents.map(([title, outlet, published, url]) => (
    { title: visible(title), outlet: visible(outlet), published: visible(published), url }));
  const sentences = raw.sentences.map((text) => ({ text: visible(text), edges: new Set() }));
  const words = raw.words.map(visible);
  const nodes = raw.entities.map(([id, type, name, column, kind, aliases, attrs, mentions, docs],
    index) => {
    nodeTypes[type].count += 1;
    return {
      index, id, type: nodeTypes[type], name: visible(name), column, isKind: Boolean(kind),
      aliases: aliases.map(visible), attrs: records(attrs), mentions, documents: docs, edges: [],
    };
  });
  const edges = raw.relations.map(([id, subject, type, object, modality, origins, confidence, cost,
    ways, attrs, evidence], index) => {
    const edge = {
      index, id, subject: nodes[subject], type: edgeTypes[type], object: nodes[object],
      modality: modalities[modality], origins, confidence: confidence / 100, cost: cost / 100, ways,
      attrs: records(attrs),
      evidence: evidence.map(([sentence, start, end, document, source, rule, sure]) => (
        { sentence: sentences[sentence], start, end, document: documents[document],
          source: words[source], rule: words[rule], confidence: sure / 100 })),
    };
    edge.dates = edge.evidence.map((one) => one.document.published).filter(Boolean);
    edge.type.count += 1;
    edge.modality.count += 1;
    for (const one of edge.evidence) one.sentence.edges.add(edge);
    edge.subject.edges.push(edge);
    if (edge.object !== edge.subject) edge.object.edges.push(edge);
    return edge;
  });
  return {
    nodeTypes, edgeTypes, modalities, documents, sentences, nodes, edges,
    presets: raw.presets, headings: raw.headings, columns: raw.columns, groups: raw.groups,
    lang: raw.lang, top: raw.top,
    nodeById: new Map(nodes.map((node) => [node.id, node])),
    edgeById: new Map(edges.map((edge) => [edge.id, edge])),
  };
}

/** `http` and `https` addresses as they are; anything else is no link. */
function safeUrl(url) {
  try {
    const parsed = new URL(url);
    return parsed.protocol === 'http:' || parsed.protocol === 'https:' ? parsed.href : '';
  } catch {
    return '';
  }
}

/** What an edge says besides its type, as printed: [label, value] pairs. */
function qualifiers(edge) {
  return edge.attrs.filter(([key]) => edge.type.properties[key])
    .map(([key, value]) => [pick(edge.type.properties[key]), value]);
}

/** What an edge hands over or costs, in short: the price, or else the good, or the quantity. */
function edgeExtra(edge) {
  const values = new Map(edge.attrs);
  const extra = ['price', 'good', 'quantity'].map((key) => values.get(key)).find(Boolean) || '';
  return extra.split('；')[0]; // different values of one property are joined so
}

const hasWords = (edge) => Boolean(edgeExtra(edge));

/** The words on an edge: its label and what it hands over. */
function edgeWords(edge) {
  const extra = edgeExtra(edge);
  const short = extra.length > 10 ? `${extra.slice(0, 9)}…` : extra;
  return short ? `${pick(edge.type.label)} ${short}` : pick(edge.type.label);
}

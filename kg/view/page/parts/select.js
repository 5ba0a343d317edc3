'use strict';
// Which nodes and edges are shown: filters first, then a neighbourhood, a path or the top of each
// tier, then the lines that carry the picture.

const NEGATED = 'negated';
const PATHS = 3;
const MOST_LINES = 3; // of a node, besides its best and those that are the best of others

/** The types of the preset and what the reader switched on and off. */
function shownTypes(data, value) {
  const preset = data.presets.find((one) => one.id === value.view) || data.presets[0];
  const free = value.focus.length > 0 || hasPath(value); // a neighbourhood has all types
  const pickTypes = (types, names) => new Set(types.filter((type) => {
    if (value.hide.includes(type.name)) return false;
    return free || !names.length || names.includes(type.name) || value.add.includes(type.name);
  }));
  return {
    nodes: pickTypes(data.nodeTypes, preset.nodes),
    edges: pickTypes(data.edgeTypes, preset.edges),
    about: free ? [] : preset.about,
  };
}

/** Whether a modality is shown: all are but the negated one, unless the reader chose. */
function hasMode(value, modality) {
  return value.modes ? value.modes.includes(modality.name) : modality.name !== NEGATED;
}

function isAbout(edge, words) {
  const texts = [edge.subject.name, edge.object.name, ...edge.attrs.map(([, text]) => text)];
  return words.some((word) => texts.some((text) => text.includes(word)));
}

function isDated(edge, value) {
  if (!value.from && !value.to) return true;
  return edge.dates.some((date) => (!value.from || date.slice(0, 7) >= value.from)
    && (!value.to || date.slice(0, value.to.length) <= value.to));
}

/** The edges that pass all filters. */
function filtered(data, value) {
  const types = shownTypes(data, value);
  return data.edges.filter((edge) => types.edges.has(edge.type)
    && types.nodes.has(edge.subject.type) && types.nodes.has(edge.object.type)
    && hasMode(value, edge.modality)
    && edge.confidence * 100 >= value.confidence - 1e-9 && edge.origins >= value.origins
    && isDated(edge, value)
    && (!types.about.length || isAbout(edge, types.about)));
}

/** How much an edge counts: its origins, sure ones more. */
const weigh = (edge) => edge.origins * (0.25 + edge.confidence);

/** The edges within `hops` of the focus; with 0, those between its own nodes. */
function around(edges, focus, hops) {
  const near = new Set(focus);
  for (let hop = 0; hop < hops; hop += 1) {
    const rim = [...near];
    const inside = new Set(rim);
    for (const edge of edges) {
      if (inside.has(edge.subject)) near.add(edge.object);
      else if (inside.has(edge.object)) near.add(edge.subject);
    }
  }
  return edges.filter((edge) => near.has(edge.subject) && near.has(edge.object));
}

/** Nodes of `edges` with the sum of what their edges count. */
function weights(edges) {
  const sums = new Map();
  for (const edge of edges) {
    for (const node of [edge.subject, edge.object]) {
      sums.set(node, (sums.get(node) || 0) + weigh(edge));
    }
  }
  return sums;
}

/**
 * The best `top` nodes of each tier, and all of `always`; 0 is no limit. What many documents
 * name comes before what one document says much about.
 */
function topOfTiers(sums, top, always) {
  const rank = (node) => sums.get(node) * Math.log2(1 + node.documents);
  const ranked = [...sums.keys()].sort((one, other) => (
    rank(other) - rank(one) || one.index - other.index));
  const counts = new Map();
  return new Set(ranked.filter((node) => {
    const count = counts.get(node.column) || 0;
    counts.set(node.column, count + 1);
    return !top || count < top || always.has(node);
  }));
}

/** One line for all edges between the same two nodes with the same direction and modality. */
function mergeLines(edges) {
  const lines = new Map();
  for (const edge of edges) {
    const key = `${edge.subject.index} ${edge.object.index} ${edge.modality.name}`;
    const line = lines.get(key);
    if (line) line.edges.push(edge);
    else lines.set(key, { from: edge.subject, to: edge.object, edges: [edge] });
  }
  for (const line of lines.values()) {
    line.edges.sort((one, other) => weigh(other) - weigh(one) || one.index - other.index);
    [line.best] = line.edges;
    line.weight = line.edges.reduce((sum, edge) => sum + weigh(edge), 0);
  }
  return [...lines.values()].sort((one, other) => (
    other.weight - one.weight || one.best.index - other.best.index));
}

/** The lines to draw: the best of each node, and others while neither end has many. */
function thinned(lines, most) {
  const drawn = new Map();
  const count = (node) => drawn.get(node) || 0;
  return lines.filter(({ from, to }) => {
    const keep = count(from) < 1 || count(to) < 1 || (count(from) < most && count(to) < most);
    if (keep) {
      drawn.set(from, count(from) + 1);
      drawn.set(to, count(to) + 1);
    }
    return keep;
  });
}

/**
 * What to show: { nodes, lines, hidden, edges, totals, chains }. `hidden` lines are between shown
 * nodes and are drawn for a selected node only; `totals` counts the nodes of each tier.
 */
function choose(data, value) {
  const byId = (ids) => ids.map((id) => data.nodeById.get(id)).filter(Boolean);
  const ends = byId(value.path);
  if (hasPath(value) && ends.length === 2) return choosePath(ends, value);
  const focus = byId(value.focus);
  let edges = filtered(data, value);
  if (focus.length) edges = around(edges, focus, value.hops);
  const sums = weights(edges);
  for (const node of focus) sums.set(node, Infinity);
  const totals = new Map();
  for (const node of sums.keys()) totals.set(node.column, (totals.get(node.column) || 0) + 1);
  let nodes = topOfTiers(sums, value.top, new Set(focus));
  edges = edges.filter((edge) => nodes.has(edge.subject) && nodes.has(edge.object));
  const linked = weights(edges); // a node whose neighbours are all below the top says nothing
  nodes = [...nodes].filter((node) => linked.has(node) || focus.includes(node));
  const all = mergeLines(edges);
  const lines = value.thin ? thinned(all, MOST_LINES) : all;
  const drawn = new Set(lines);
  return {
    nodes, lines, hidden: all.filter((line) => !drawn.has(line)), edges, totals, weights: sums,
    chains: [], focus,
  };
}

function choosePath([start, end], value) {
  const chains = findPaths(start, end, value.any, PATHS);
  const edges = [...new Set(chains.flatMap((chain) => chain.steps.map((step) => step.edge)))];
  const nodes = [...new Set([start, end, ...edges.flatMap((edge) => [edge.subject, edge.object])])];
  return {
    nodes, lines: mergeLines(edges), hidden: [], edges, totals: new Map(), weights: weights(edges),
    chains, focus: [start, end],
  };
}

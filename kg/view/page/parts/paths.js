'use strict';
// Chains from one node to another. What a step costs, and which way it may be walked, was worked
// out by `kg` (kg/view/paths.py), so that the page finds what `kg path` finds.

const ALONG = 1;
const AGAINST = 2;
// Of a way that can only be the last of a chain.
const LAST = 4;

/** The cheapest step of a chain to `end` from `node` to each neighbour: [{ to, edge, cost }]. */
function stepsFrom(node, end, anyWay) {
  const best = new Map();
  for (const edge of node.edges) {
    if (edge.cost <= 0 || edge.subject === edge.object) continue;
    const along = edge.subject === node;
    const way = along ? ALONG : AGAINST;
    const to = along ? edge.object : edge.subject;
    if (!anyWay && (!(edge.ways & way) || (edge.ways & (LAST * way) && to !== end))) continue;
    const known = best.get(to);
    if (!known || edge.cost < known.cost) best.set(to, { to, edge, cost: edge.cost });
  }
  return best.values();
}

/** A binary heap of [cost, value]. */
class Heap {
  constructor() {
    this.items = [];
  }

  push(item) {
    const { items } = this;
    let at = items.push(item) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (items[up][0] <= items[at][0]) break;
      [items[up], items[at]] = [items[at], items[up]];
      at = up;
    }
  }

  pop() {
    const { items } = this;
    const first = items[0];
    const last = items.pop();
    if (!items.length) return first;
    items[0] = last;
    for (let at = 0; ;) {
      let next = 2 * at + 1;
      if (next >= items.length) break;
      if (next + 1 < items.length && items[next + 1][0] < items[next][0]) next += 1;
      if (items[at][0] <= items[next][0]) break;
      [items[at], items[next]] = [items[next], items[at]];
      at = next;
    }
    return first;
  }
}

/**
 * The cheapest chain of steps, or null. `closed` nodes are not entered, and no step goes from
 * the start to a node of `shut`.
 */
function cheapest(start, end, anyWay, closed, shut) {
  const done = new Set(closed);
  const came = new Map();
  const cost = new Map([[start, 0]]);
  const heap = new Heap();
  heap.push([0, start]);
  while (heap.items.length) {
    const [, node] = heap.pop();
    if (done.has(node)) continue;
    done.add(node);
    if (node === end) break;
    for (const step of stepsFrom(node, end, anyWay)) {
      if (done.has(step.to) || (node === start && shut.has(step.to))) continue;
      const total = cost.get(node) + step.cost;
      if (total >= (cost.get(step.to) ?? Infinity)) continue;
      cost.set(step.to, total);
      came.set(step.to, { from: node, ...step });
      heap.push([total, step.to]);
    }
  }
  if (start === end || !came.has(end)) return null;
  const steps = [];
  for (let node = end; node !== start; node = steps[0].from) steps.unshift(came.get(node));
  return { steps, cost: cost.get(end) };
}

/** At most `limit` chains without a node twice, the most reliable first (Yen's way). */
function findPaths(start, end, anyWay, limit) {
  const first = cheapest(start, end, anyWay, new Set(), new Set());
  const found = first ? [first] : [];
  const waiting = [];
  const known = new Set();
  while (found.length && found.length < limit) {
    const last = found[found.length - 1];
    for (let at = 0; at < last.steps.length; at += 1) {
      const root = last.steps.slice(0, at);
      const closed = new Set(root.map((step) => step.from));
      const same = found.filter((chain) => (
        root.every((step, position) => chain.steps[position]?.to === step.to)));
      const shut = new Set(same.map((chain) => chain.steps[at]?.to));
      const rest = cheapest(last.steps[at].from, end, anyWay, closed, shut);
      if (!rest) continue;
      const steps = [...root, ...rest.steps];
      const key = steps.map((step) => step.to.index).join();
      if (known.has(key)) continue;
      known.add(key);
      waiting.push({ steps, cost: steps.reduce((sum, step) => sum + step.cost, 0) });
    }
    if (!waiting.length) break;
    waiting.sort((one, other) => one.cost - other.cost);
    found.push(waiting.shift());
  }
  return found;
}

'use strict';
// The order of nodes in their columns: each column is sorted by where its neighbours stand, to
// and fro, until few lines cross. A line that passes a column takes a thin place in it, shared by
// all lines of the same node, so that lines run in bundles between the labels, not over them.

const LANE_ROWS = 26;
const ROW = 26; // height of a node's place, before it is stretched
const FEW = 2;
const THREAD = 9; // height of a passing bundle's place
const SWEEPS = 18;
const SETTLE = 6; // sweeps that no longer change the order
const CROWD = 400; // nodes above which columns become blocks
const MOST_THREADED = 500; // lines; above, threads would take more room than nodes

/** Values in non-decreasing order that are nearest to `wanted`, by pooling what is not. */
function isotonic(wanted, weight) {
  const blocks = [];
  wanted.forEach((value, at) => {
    let block = { mean: value, weight: weight[at], count: 1 };
    while (blocks.length && blocks[blocks.length - 1].mean > block.mean) {
      const last = blocks.pop();
      const total = last.weight + block.weight;
      block = {
        mean: (last.mean * last.weight + block.mean * block.weight) / total,
        weight: total, count: last.count + block.count,
      };
    }
    blocks.push(block);
  });
  return blocks.flatMap((block) => Array(block.count).fill(block.mean));
}

/** Centres nearest to `wanted` for things of these sizes in this order, none over another. */
function spread(sizes, wanted, weight) {
  let offset = 0;
  const offsets = sizes.map((size, at) => {
    if (at) offset += (sizes[at - 1] + size) / 2;
    return offset;
  });
  return isotonic(wanted.map((value, at) => value - offsets[at]), weight)
    .map((value, at) => value + offsets[at]);
}

/** Within a tier: actors, then what they handle and do, then what is known of that. */
function rankOf(node) {
  if (node.type.group === 'actor') return 0;
  return node.type.group === 'fact' || node.type.name === 'NumberSegment' ? 2 : 1;
}

/** The column of each node; few of one rank stand with the others of the tier. */
function tierKeys(nodes) {
  const counts = new Map();
  for (const node of nodes) {
    const count = counts.get(node.column) || [0, 0, 0];
    count[rankOf(node)] += 1;
    counts.set(node.column, count);
  }
  return new Map(nodes.map((node) => {
    const count = counts.get(node.column);
    const rank = rankOf(node);
    const most = count.indexOf(Math.max(...count));
    return [node, node.column * 3 + (count[rank] > FEW ? rank : most)];
  }));
}

/** Along a chain the columns are its steps. */
function stepKeys(chains) {
  const keys = new Map();
  for (const { steps } of chains) {
    let at = keys.get(steps[0].from) || 0;
    keys.set(steps[0].from, at);
    for (const step of steps) {
      at = Math.max(at + 1, keys.get(step.to) || 0);
      keys.set(step.to, at);
    }
  }
  return keys;
}

/** Sort the shown nodes into columns and lanes of items. */
function makeColumns(choice, columnCount) {
  const isLane = (node) => !choice.chains.length && node.column >= columnCount;
  const main = choice.nodes.filter((node) => !isLane(node));
  const keys = choice.chains.length ? stepKeys(choice.chains) : tierKeys(main);
  const sorted = [...new Set(main.map((node) => keys.get(node)))].sort((a, b) => a - b);
  const place = new Map(sorted.map((key, at) => [key, at]));
  const columns = sorted.map(() => []);
  const items = new Map();
  const byWeight = (one, other) => (
    choice.weights.get(other) - choice.weights.get(one) || one.index - other.index);
  for (const node of [...main].sort(byWeight)) {
    const item = { node, column: place.get(keys.get(node)), size: ROW, links: [], y: 0 };
    columns[item.column].push(item);
    items.set(node, item);
  }
  const lanes = [[], []];
  for (const node of choice.nodes.filter(isLane).sort(byWeight)) {
    const item = { node, lane: node.column - columnCount, size: LANE_ROWS, links: [] };
    lanes[item.lane].push(item);
    items.set(node, item);
  }
  return { columns, lanes, items };
}

/** Give every line that passes columns its threads, and link what it joins. */
function thread(lines, { columns, items }) {
  const threads = new Map();
  const degree = new Map();
  for (const { from, to } of lines) {
    degree.set(from, (degree.get(from) || 0) + 1);
    degree.set(to, (degree.get(to) || 0) + 1);
  }
  const join = (one, other, pull) => {
    one.links.push([other, pull]);
    other.links.push([one, pull]);
  };
  for (const line of lines) {
    const ends = [items.get(line.from), items.get(line.to)];
    line.via = [];
    if (ends.some((item) => item.lane !== undefined) || ends[0] === ends[1]) continue;
    ends.sort((one, other) => one.column - other.column);
    const [left, right] = ends;
    const hub = degree.get(left.node) >= degree.get(right.node) ? left : right;
    line.hub = hub;
    let last = left;
    for (let at = left.column + 1; at < right.column && lines.length <= MOST_THREADED; at += 1) {
      const key = `${hub.node.index} ${hub === left} ${at}`;
      if (!threads.has(key)) {
        const item = { node: null, column: at, size: THREAD, links: [], y: 0 };
        threads.set(key, item);
        columns[at].push(item);
      }
      const item = threads.get(key);
      join(last, item, last.node ? 1 : 4);
      line.via.push(item);
      last = item;
    }
    join(last, right, left.column === right.column ? 0.3 : 1);
  }
}

/** Where an item wants to be: at the mean of what it is linked to. */
function wish(item) {
  let sum = 0;
  let total = 0;
  for (const [other, pull] of item.links) {
    sum += other.y * pull;
    total += pull;
  }
  return total ? sum / total : item.y;
}

function settle(column, { sort }) {
  const wishes = new Map(column.map((item) => [item, wish(item)]));
  if (sort) column.sort((one, other) => wishes.get(one) - wishes.get(other));
  const ys = spread(column.map((item) => item.size), column.map((item) => wishes.get(item)),
    column.map((item) => 1 + Math.min(item.links.length, 8)));
  column.forEach((item, at) => { item.y = ys[at]; });
}

/** Order every column and give every item its y. */
function orderColumns(columns) {
  for (const column of columns) {
    const height = column.reduce((sum, item) => sum + item.size, 0);
    let y = -height / 2;
    for (const item of column) {
      item.y = y + item.size / 2;
      y += item.size;
    }
  }
  const isCrowd = columns.some((column) => column.length > CROWD);
  const sweeps = isCrowd ? SETTLE : SWEEPS; // in a crowd no order makes lines readable
  for (let sweep = 0; sweep < sweeps + SETTLE; sweep += 1) {
    const there = sweep % 2 ? [...columns].reverse() : columns;
    for (const column of there) settle(column, { sort: sweep < sweeps });
  }
}

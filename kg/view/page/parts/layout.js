'use strict';
// Coordinates of everything in the picture. A world unit is a pixel at zoom 1.

const FONT = '"Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei",system-ui,'
  + 'sans-serif';
const TEXT = 13; // font size of a node's label
const GLYPH = 6; // radius of a node's shape
const LABEL_AT = 2 * GLYPH + 6; // from a box's left edge to its text
const WIDTHS = [168, 136, 112, 92, 78]; // how wide a label may be, the widest that fits the window
const GAPS = [44, 190]; // between tiers
const INNER = 0.72; // part of that between the columns of one tier
const LANE_GAP = 56;
const CELL = 104; // width of a place in a block
const PILE_GAP = 26; // between labels of one row of a lane

const pen = document.createElement('canvas').getContext('2d');
const measured = new Map();

/** The width of `text` in pixels. */
function textWidth(text, size = TEXT, bold = false) {
  const key = `${size}${bold ? 'b' : ''} ${text}`;
  if (!measured.has(key)) {
    pen.font = `${bold ? '600 ' : ''}${size}px ${FONT}`;
    measured.set(key, pen.measureText(text).width);
  }
  return measured.get(key);
}

/** `text`, or as much of it as fits `most` pixels, with an ellipsis. */
function elide(text, most, size = TEXT, bold = false) {
  const short = text.length > 80 ? text.slice(0, 80) : text;
  if (short === text && textWidth(text, size, bold) <= most) return text;
  const letters = Array.from(short);
  let low = 1;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (textWidth(`${letters.slice(0, middle).join('')}…`, size, bold) <= most) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join('')}…`;
}

/** A heading on one line, or on two where one has no room; what is longer still is cut. */
function headingLines(text, most) {
  const wide = (part) => textWidth(part, 12, true);
  if (wide(text) <= most) return [text];
  const letters = Array.from(text);
  let at = letters.length - 1;
  while (at > 1 && wide(letters.slice(0, at).join('')) > most) at -= 1;
  const isWords = letters.includes(' '); // Chinese breaks anywhere
  if (isWords) at = letters.lastIndexOf(' ', at);
  if (at < 1) return [elide(text, most, 12, true)];
  const parts = [letters.slice(0, at), letters.slice(at)].map((part) => part.join('').trim());
  return parts.map((part) => elide(part, most, 12, true));
}

/** Kinds of actor are what the chain is read by, so they are printed bold. */
const isBold = (node) => node.isKind && node.type.group === 'actor';

function label(item, most) {
  const bold = isBold(item.node);
  item.text = elide(item.node.name, most, TEXT, bold);
  item.w = LABEL_AT + textWidth(item.text, TEXT, bold);
  item.h = 22;
}

/** Give the columns their x, with the widest labels for which all fit `width`. */
function placeColumns(columns, width) {
  const tierOf = (column) => column.find((item) => item.node).node.column;
  const parts = columns.map((column, at) => {
    if (!at) return 0;
    return tierOf(columns[at - 1]) === tierOf(column) ? INNER : 1;
  });
  const gaps = parts.reduce((sum, part) => sum + part, 0);
  let widths = [];
  let total = 0;
  for (const most of WIDTHS) {
    for (const item of columns.flat()) if (item.node) label(item, most);
    widths = columns.map((column) => Math.max(24, ...column.map((item) => item.w || 0)));
    total = widths.reduce((sum, one) => sum + one, 0);
    if (total + gaps * GAPS[0] <= width) break;
  }
  const unit = gaps ? Math.min(GAPS[1], Math.max(GAPS[0], (width - total) / gaps)) : 0;
  let x = 0;
  columns.forEach((column, at) => {
    x += unit * parts[at];
    for (const item of column) {
      item.x = x;
      if (!item.node) item.w = widths[at];
    }
    x += widths[at];
  });
  return { right: x, widths, gap: unit };
}

/** Columns of a crowd become blocks, as high as makes the whole of the window's shape. */
function placeBlocks(columns, { width, height }) {
  const across = (rows) => columns.reduce((sum, column) => (
    sum + Math.ceil(column.length / rows) * CELL + GAPS[0]), 0);
  let rows = 20;
  while (rows * ROW * width < across(rows) * height) rows += 1;
  let x = 0;
  const widths = columns.map((column) => {
    const count = Math.ceil(column.length / rows);
    column.forEach((item, at) => {
      label(item, CELL - LABEL_AT - 8);
      item.x = x + (at % count) * CELL;
      item.y = (Math.floor(at / count) + 0.5) * ROW; // row by row: the order says the height
    });
    x += count * CELL + GAPS[0];
    return count * CELL;
  });
  return { right: x - GAPS[0], widths, gap: GAPS[0], bottom: rows * ROW };
}

/** Stretch the columns to `height`, within reason, and move them below y = 0. */
function placeRows(columns, height) {
  const all = columns.flat();
  const top = Math.min(...all.map((item) => item.y - item.size / 2));
  const bottom = Math.max(...all.map((item) => item.y + item.size / 2));
  const stretch = Math.min(2.2, Math.max(1, height / Math.max(bottom - top, 1)));
  for (const item of all) item.y = (item.y - top) * stretch;
  return all.length ? (bottom - top) * stretch : 0;
}

/** The rows of a lane: labels side by side, each near what it is linked to. */
function placeLane(items, links, top, width) {
  for (const item of items) {
    label(item, WIDTHS[0]);
    const near = (links.get(item.node) || []).filter((other) => other.x !== undefined);
    item.wish = near.length
      ? near.reduce((sum, other) => sum + other.x + other.w / 2, 0) / near.length : width / 2;
  }
  items.sort((one, other) => one.wish - other.wish || one.node.index - other.node.index);
  const total = items.reduce((sum, item) => sum + item.w + PILE_GAP, 0);
  const count = Math.max(1, Math.ceil(total / Math.max(width, 1)));
  const rows = Array.from({ length: count }, () => []);
  // in turn, so that neighbours in x come one under another and lines keep apart
  items.forEach((item, at) => rows[at % count].push(item));
  rows.forEach((row, at) => {
    const centres = spread(row.map((item) => item.w + PILE_GAP), row.map((item) => item.wish),
      row.map(() => 1));
    const last = row[row.length - 1];
    const over = row.length ? centres[row.length - 1] + last.w / 2 - width : 0;
    let shift = Math.max(0, over);
    if (row.length) shift = Math.min(shift, centres[0] - row[0].w / 2);
    row.forEach((item, position) => {
      item.x = centres[position] - item.w / 2 - shift;
      item.y = top + (at + 0.5) * (LANE_ROWS + 4);
    });
  });
  return count * (LANE_ROWS + 4);
}

/** The headings of the tiers over their columns. */
function placeHeadings(columns, data, choice, { widths, gap }) {
  if (choice.chains.length) return [];
  const shown = new Map();
  for (const node of choice.nodes) shown.set(node.column, (shown.get(node.column) || 0) + 1);
  const spans = new Map();
  columns.forEach((column, at) => {
    const item = column.find((one) => one.node);
    const { x } = column[0];
    const span = spans.get(item.node.column) || { left: x, right: 0 };
    span.right = x + widths[at];
    spans.set(item.node.column, span);
  });
  return [...spans].map(([tier, { left, right }]) => ({
    tier, left, right, room: right - left + gap - 14, text: pick(data.headings[tier]),
    count: say('ofAll', shown.get(tier) || 0, choice.totals.get(tier) || 0),
  }));
}

/**
 * The picture of a choice in a window of `width` and `height`:
 * { items, lines, headings, lanes, bounds }.
 */
function layOut(data, choice, { width, height }) {
  const made = makeColumns(choice, data.columns);
  const { columns, lanes, items } = made;
  thread(choice.lines, made);
  orderColumns(columns);
  const laneCount = lanes.filter((lane) => lane.length).length;
  const isCrowd = choice.nodes.length > CROWD;
  const across = isCrowd ? placeBlocks(columns, { width, height }) : placeColumns(columns, width);
  // what is wider than the window will be shrunk, and may then be higher
  const shrink = Math.max(1, across.right / Math.max(width, 1));
  let bottom = isCrowd ? across.bottom
    : placeRows(columns, height * shrink - laneCount * (LANE_GAP + 60));
  const headings = placeHeadings(columns, data, choice, across);
  const right = Math.max(across.right, laneCount ? Math.min(width, 900) : 0,
    ...headings.map(({ left, text }) => left + textWidth(text, 12, true)));
  const links = new Map();
  const join = (node, item) => {
    if (links.has(node)) links.get(node).push(item);
    else links.set(node, [item]);
  };
  for (const { from, to } of choice.lines) {
    join(from, items.get(to));
    join(to, items.get(from));
  }
  const bands = [];
  lanes.forEach((lane, at) => {
    if (!lane.length) return;
    const top = bottom + LANE_GAP;
    const tier = data.columns + at;
    bands.push({ top: top - 10, tier, text: pick(data.headings[tier]),
      count: say('ofAll', lane.length, choice.totals.get(tier) || 0) });
    bottom = top + placeLane(lane, links, top, right);
  });
  return {
    items, lines: choice.lines, hidden: choice.hidden, bands, headings,
    bounds: { left: 0, top: 0, right, bottom },
  };
}

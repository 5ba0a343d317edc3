'use strict';
// The way of every line: a list of cubic pieces [x0, y0, x1, y1, x2, y2, x3, y3] from its left or
// upper end to the other, and where its arrow points.

const ARROW = 7;
const CLEAR = 3; // between a line's end and a label

/** A piece that leaves and arrives horizontally. */
function across(x0, y0, x3, y3) {
  const bend = Math.max(18, Math.abs(x3 - x0) * 0.5);
  return [x0, y0, x0 + bend, y0, x3 - bend, y3, x3, y3];
}

const rightOf = (item) => item.x + item.w + CLEAR;
const leftOf = (item) => item.x - CLEAR;

/** Between two columns, through the threads of the line. */
function columnRoute(left, right, via) {
  const pieces = [];
  let x = rightOf(left);
  let { y } = left;
  for (const item of via) {
    pieces.push(across(x, y, item.x - 6, item.y));
    x = item.x + item.w + 6;
    y = item.y;
    pieces.push([item.x - 6, y, item.x, y, x - 6, y, x, y]);
  }
  pieces.push(across(x, y, leftOf(right), right.y));
  return pieces;
}

/** Within a column: a bow at its right. */
function bow(one, other) {
  const x = Math.max(rightOf(one), rightOf(other));
  const out = x + 14 + Math.min(46, Math.abs(one.y - other.y) * 0.16);
  return [[rightOf(one), one.y, out, one.y, out, other.y, rightOf(other), other.y]];
}

/** From a node in a lane up to a node in a column, whichever side is nearer. */
function laneRoute(low, high) {
  const x = low.x + GLYPH;
  const y = low.y - low.h / 2;
  const fromLeft = x < high.x + high.w / 2;
  const end = fromLeft ? leftOf(high) : rightOf(high);
  const out = fromLeft ? -1 : 1;
  const reach = Math.min(120, 24 + Math.abs(end - x) * 0.3);
  const rise = Math.max(30, (y - high.y) * 0.55);
  return [[x, y, x, y - rise, end + out * reach, high.y, end, high.y]];
}

/** Between nodes of lanes: a bow above them, or from the lower one up. */
function betweenLanes(one, other) {
  const [low, high] = one.y >= other.y ? [one, other] : [other, one];
  const [x0, x3] = [low.x + GLYPH, high.x + GLYPH];
  if (low.y - high.y < 1) {
    const lift = low.y - low.h / 2 - Math.min(26, 8 + Math.abs(x3 - x0) * 0.05);
    return [[x0, low.y - low.h / 2, x0, lift, x3, lift, x3, high.y - high.h / 2]];
  }
  const [y0, y3] = [low.y - low.h / 2, high.y + high.h / 2];
  const rise = (y0 - y3) * 0.5;
  return [[x0, y0, x0, y0 - rise, x3, y3 + rise, x3, y3]];
}

function loop(item) {
  const [x, y] = [rightOf(item), item.y];
  return [[x, y - 4, x + 26, y - 16, x + 26, y + 16, x, y + 4]];
}

/**
 * { pieces, own, arrow: [x, y, angle], box } of a line; `from` may be at either end of the pieces.
 * `own` is the piece that it does not share with a bundle.
 */
function route(line, items) {
  const [from, to] = [items.get(line.from), items.get(line.to)];
  let pieces;
  let first = from; // what the first piece starts at
  if (from === to) pieces = loop(from);
  else if (from.lane !== undefined && to.lane !== undefined) {
    pieces = betweenLanes(from, to);
    first = from.y >= to.y ? from : to;
  } else if (from.lane !== undefined || to.lane !== undefined) {
    const [low, high] = from.lane !== undefined ? [from, to] : [to, from];
    pieces = laneRoute(low, high);
    first = low;
  } else if (from.column === to.column) pieces = bow(from, to);
  else {
    const [left, right] = from.column < to.column ? [from, to] : [to, from];
    pieces = columnRoute(left, right, line.via || []);
    first = left;
  }
  const last = pieces[pieces.length - 1];
  // the arrow shows which way things go: who obtains is the subject, yet stands at its end
  const isAtEnd = (first === from) !== line.best.type.against;
  const arrow = isAtEnd
    ? [last[6], last[7], Math.atan2(last[7] - last[5], last[6] - last[4])]
    : [pieces[0][0], pieces[0][1],
      Math.atan2(pieces[0][1] - pieces[0][3], pieces[0][0] - pieces[0][2])];
  const own = line.via?.length && line.hub !== first ? 0 : pieces.length - 1;
  return { pieces, own: pieces[own], arrow: line.best.type.symmetric ? null : arrow,
    box: boxOf(pieces), isAside: (from.lane ?? to.lane) !== undefined };
}

function boxOf(pieces) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const piece of pieces) {
    for (let at = 0; at < 8; at += 2) {
      box.left = Math.min(box.left, piece[at]);
      box.right = Math.max(box.right, piece[at]);
      box.top = Math.min(box.top, piece[at + 1]);
      box.bottom = Math.max(box.bottom, piece[at + 1]);
    }
  }
  return box;
}

/** The point of a piece at `t` from 0 to 1. */
function pointAt([x0, y0, x1, y1, x2, y2, x3, y3], t) {
  const s = 1 - t;
  const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return [a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3];
}

/** How far a point is from a line, looked at in a few places. */
function distanceTo(pieces, x, y) {
  let best = Infinity;
  for (const piece of pieces) {
    let [px, py] = [piece[0], piece[1]];
    for (let step = 1; step <= 12; step += 1) {
      const [qx, qy] = pointAt(piece, step / 12);
      const [dx, dy] = [qx - px, qy - py];
      const at = Math.min(1, Math.max(0, ((x - px) * dx + (y - py) * dy) / (dx * dx + dy * dy || 1)));
      best = Math.min(best, Math.hypot(px + at * dx - x, py + at * dy - y));
      [px, py] = [qx, qy];
    }
  }
  return best;
}

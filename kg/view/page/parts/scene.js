'use strict';
// What is drawn where: a layout with the ways of its lines, and for a given zoom the labels that
// have room. Canvas, SVG and the tests all go by this.

const SMALLEST = 10.5; // font size on the screen below which text is no longer read
const MOST_EDGE_WORDS = 70; // lines; above, words on lines are shown for a chosen node only

/** The layout with everything that depends on nothing but it. */
function makeScene(data, choice, size) {
  const layout = layOut(data, choice, size);
  const items = [...layout.items.values()];
  const withRoute = (line) => ({ ...line, ...route(line, layout.items) });
  return {
    ...layout, choice, list: items,
    lines: layout.lines.map(withRoute),
    hidden: layout.hidden.map((line) => ({ ...line, via: [] })).map(withRoute),
    // the most telling first: they get their labels first
    ranked: [...items].sort((one, other) => (
      choice.weights.get(other.node) - choice.weights.get(one.node)
      || one.node.index - other.node.index)),
  };
}

/** Rectangles on the screen in cells, to know quickly what overlaps what. */
class Room {
  constructor(cell = 48) {
    this.cell = cell;
    this.cells = new Map();
  }

  /** Take the rectangle if it is free. */
  take(rect) {
    const keys = [];
    for (let x = Math.floor(rect.x / this.cell); x * this.cell < rect.x + rect.w; x += 1) {
      for (let y = Math.floor(rect.y / this.cell); y * this.cell < rect.y + rect.h; y += 1) {
        const key = x * 100003 + y;
        for (const other of this.cells.get(key) || []) {
          if (rect.x < other.x + other.w && other.x < rect.x + rect.w
            && rect.y < other.y + other.h && other.y < rect.y + rect.h) return false;
        }
        keys.push(key);
      }
    }
    for (const key of keys) {
      const cell = this.cells.get(key);
      if (cell) cell.push(rect);
      else this.cells.set(key, [rect]);
    }
    return true;
  }
}

const fontSize = (zoom) => Math.min(22, Math.max(SMALLEST, TEXT * zoom));

/** The labels of `items` that have room, in the order given; positions are on the screen. */
function placeLabels(items, camera, { width, height }, room) {
  const size = fontSize(camera.zoom);
  const scale = size / TEXT;
  const placed = [];
  for (const item of items) {
    const x = item.x * camera.zoom + camera.x;
    const y = item.y * camera.zoom + camera.y;
    const w = (item.w - LABEL_AT) * scale;
    const at = GLYPH * 2 * camera.zoom + 6 * Math.min(1, camera.zoom);
    if (x > width || x + at + w < 0 || y < -size || y > height + size) continue;
    const rect = { x, y: y - size * 0.62, w: at + w, h: size * 1.24 };
    if (!room.take(rect)) continue;
    placed.push({ ...rect, textX: x + at, kind: 'node', text: item.text, bold: isBold(item.node), size, item });
  }
  return placed;
}

/** Whether a way goes through a rectangle of the world. */
function crosses({ pieces, box }, { x, y, w, h }) {
  if (box.right < x || box.left > x + w || box.bottom < y || box.top > y + h) return false;
  return pieces.some((piece) => {
    let [px, py] = [piece[0], piece[1]];
    for (let step = 1; step <= 16; step += 1) {
      const [qx, qy] = pointAt(piece, step / 16);
      if (cutsRect(px - x, py - y, qx - px, qy - py, w, h)) return true;
      [px, py] = [qx, qy];
    }
    return false;
  });
}

/** Whether the straight line from x, y by dx, dy meets the rectangle from 0, 0 to w, h. */
function cutsRect(x, y, dx, dy, w, h) {
  let [from, to] = [0, 1];
  for (const [at, by, most] of [[x, dx, w], [y, dy, h]]) {
    if (!by && (at < 0 || at > most)) return false;
    if (by) {
      const [one, other] = [-at / by, (most - at) / by];
      from = Math.max(from, Math.min(one, other));
      to = Math.min(to, Math.max(one, other));
    }
  }
  return from <= to;
}

/**
 * Words on lines where `room` has a place for them, over as few of `others` as can be: they
 * would be read as said of that line.
 */
function placeEdgeWords(lines, camera, { width, height }, room, others = lines) {
  const size = Math.min(13, Math.max(SMALLEST, 11 * camera.zoom));
  const placed = [];
  for (const line of lines) {
    const more = line.edges.length > 1 ? ` ×${line.edges.length}` : '';
    const text = edgeWords(line.best) + more;
    const w = textWidth(text, 11) * (size / 11);
    const spots = [0.5, 0.4, 0.6, 0.3, 0.7].map((t) => pointAt(line.own, t)).filter(([px, py]) => {
      const [x, y] = [px * camera.zoom + camera.x, py * camera.zoom + camera.y];
      return x >= 0 && y >= 0 && x <= width && y <= height;
    }).map(([px, py]) => ({ x: px * camera.zoom + camera.x - w / 2 - 2,
      y: py * camera.zoom + camera.y - size * 0.65, w: w + 4, h: size * 1.3 }));
    for (const spot of spots) {
      const inWorld = { x: (spot.x - camera.x) / camera.zoom, y: (spot.y - camera.y) / camera.zoom,
        w: spot.w / camera.zoom, h: spot.h / camera.zoom };
      spot.over = others.filter((one) => one.best !== line.best && crosses(one, inWorld)).length;
    }
    const rect = spots.sort((one, other) => one.over - other.over).find((one) => room.take(one));
    if (rect) {
      placed.push({ ...rect, textX: rect.x + 2, kind: 'edge', text, bold: false, size, line });
    }
  }
  return placed;
}

/** Where the headings stand: the strip at the top, and one at the left of each lane. */
function headingRects(scene, camera, { width }) {
  const rects = scene.headings.length ? [{ x: 0, y: 0, w: width, h: HEADER, text: '', count: '' }]
    : [];
  for (const { top, text, count } of scene.bands) {
    const y = Math.round((top - 18) * camera.zoom + camera.y);
    if (scene.headings.length && y < HEADER + 4) continue;
    const w = textWidth(text, 12, true) + textWidth(count, 11) + 16;
    rects.push({ x: Math.max(16, camera.x), y, w, h: 22, text, count });
  }
  return rects;
}

/** A scene's labels at a zoom: of nodes, then of lines, none over a heading or each other. */
function sceneLabels(scene, camera, size) {
  const room = new Room();
  for (const rect of headingRects(scene, camera, size)) room.take(rect);
  const labels = placeLabels(scene.ranked, camera, size, room);
  const isSmall = scene.choice.focus.length > 0; // a neighbourhood or a path has all words
  const telling = scene.lines.filter((line) => isSmall || hasWords(line.best));
  const words = telling.length <= MOST_EDGE_WORDS && camera.zoom > 0.6
    ? placeEdgeWords(telling, camera, size, room, scene.lines.length > CROWD ? [] : scene.lines)
    : [];
  return [...labels, ...words];
}

/** The item or line at a point of the world; `reach` is in world units. */
function itemAt(scene, x, y) {
  return scene.list.find((item) => x >= item.x - 4 && x <= item.x + item.w + 4
    && Math.abs(y - item.y) <= item.h / 2);
}

function lineAt(scene, x, y, reach) {
  let best = null;
  let nearest = reach;
  for (const line of scene.lines) {
    const { left, right, top, bottom } = line.box;
    if (x < left - reach || x > right + reach || y < top - reach || y > bottom + reach) continue;
    const distance = distanceTo(line.pieces, x, y);
    if (distance < nearest) {
      nearest = distance;
      best = line;
    }
  }
  return best;
}

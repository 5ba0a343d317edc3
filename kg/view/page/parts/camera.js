'use strict';
// The stage: two canvases, one over the other. The lower has the picture; the upper what is
// chosen or pointed at, so that pointing repaints a few lines and not twenty thousand.

const NEAR = 3; // largest zoom
const READABLE = 0.62; // zoom below which a picture is not shrunk to fit, but panned
const SLOW = 14; // ms of a full repaint above which moving shows the last picture instead
const REST = 120; // ms without movement after which it is repainted
const EDGE = 28; // margin of the picture in the window
const TOP = 20; // room above the first row

/** Where a window `height` high begins that holds most of `ys`: the highest of such places. */
function busiest(ys, height) {
  const rows = [...ys].sort((a, b) => a - b);
  let [best, most, end] = [0, 0, 0];
  rows.forEach((top, at) => {
    while (end < rows.length && rows[end] <= top + height) end += 1;
    if (end - at > most) [best, most] = [at, end - at];
  });
  return Math.max(0, (rows[best] ?? 0) - TOP);
}

class Stage {
  constructor(base, over) {
    Object.assign(this, { base, over });
    this.pens = [base, over].map((canvas) => canvas.getContext('2d'));
    this.camera = { zoom: 1, x: 0, y: 0 };
    this.size = { width: 1, height: 1 };
    this.ratio = 1;
    this.scene = null;
    this.chosen = { node: null, edge: null };
    this.pointed = { item: null, line: null };
    this.labels = [];
    this.covered = 0; // pixels at the right that a panel takes from what is laid out anew
    this.cost = 0; // ms of the last full repaint
    this.painted = null; // the camera of the last full repaint
    this.palette = readPalette();
  }

  /** Take the size of the window; whether it is another one. */
  resize() {
    const { clientWidth: width, clientHeight: height } = this.base.parentElement;
    if (!width || (width === this.size.width && height === this.size.height)) return false;
    this.size = { width, height };
    this.ratio = Math.min(window.devicePixelRatio || 1, 2);
    for (const canvas of [this.base, this.over]) {
      canvas.width = Math.round(this.size.width * this.ratio);
      canvas.height = Math.round(this.size.height * this.ratio);
    }
    this.last = null;
    this.painted = null;
    return true;
  }

  /** The room that a layout has. */
  room() {
    return { width: this.size.width - this.covered - 2 * EDGE, height: this.size.height - HEADER - 2 * EDGE };
  }

  show(scene) {
    this.scene = scene;
    this.pointed = { item: null, line: null };
    this.fit();
  }

  /** The whole picture if it can be read so, or if it is a crowd; else its left part, at the height
   *  where most of it stands: columns are centred on each other, so the top left may be empty. */
  fit() {
    if (!this.scene) return;
    const { right, bottom } = this.scene.bounds;
    const room = this.room();
    const whole = Math.min(room.width / Math.max(right, 1), room.height / Math.max(bottom, 1), 1.25);
    const isCrowd = this.scene.list.length > 500;
    const wide = Math.min(1, room.width / Math.max(right, 1));
    const zoom = whole >= READABLE || isCrowd ? whole : Math.max(READABLE + 0.2, wide);
    const left = this.scene.list.filter((item) => item.x * zoom < room.width);
    this.camera = {
      zoom,
      x: right * zoom <= room.width ? EDGE + (room.width - right * zoom) / 2 : EDGE,
      y: HEADER + EDGE + (bottom * zoom <= room.height
        ? Math.min(40, (room.height - bottom * zoom) / 2)
        : -zoom * busiest(left.map((item) => item.y), room.height / zoom)),
    };
    this.painted = null;
    this.draw();
  }

  zoomAt(factor, x = this.size.width / 2, y = this.size.height / 2) {
    const { camera } = this;
    const zoom = Math.min(NEAR, Math.max(0.02, camera.zoom * factor));
    const by = zoom / camera.zoom;
    this.camera = { zoom, x: x - (x - camera.x) * by, y: y - (y - camera.y) * by };
    this.draw();
  }

  pan(dx, dy) {
    this.camera = { ...this.camera, x: this.camera.x + dx, y: this.camera.y + dy };
    this.draw();
  }

  /** Bring a node into the part of the window that `covered` pixels at the right leave free. */
  reveal(item, covered) {
    const { zoom, x, y } = this.camera;
    const [left, right] = [item.x * zoom + x, (item.x + item.w) * zoom + x];
    const at = item.y * zoom + y;
    const most = this.size.width - covered - 20;
    const dx = right > most ? most - right : left < 20 ? 20 - left : 0;
    const dy = at < HEADER + 20 ? HEADER + 40 - at
      : at > this.size.height - 30 ? this.size.height - 60 - at : 0;
    if (dx || dy) this.pan(dx, dy);
  }

  toWorld(x, y) {
    return [(x - this.camera.x) / this.camera.zoom, (y - this.camera.y) / this.camera.zoom];
  }

  draw() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.paint();
    });
  }

  paint() {
    if (!this.scene) return;
    const moved = this.painted && this.painted !== this.camera;
    if (moved && this.cost > SLOW) this.paintStill();
    else this.paintWhole();
    this.paintOver();
  }

  paintWhole() {
    const start = performance.now();
    this.labels = paintScene(this.pens[0], this.scene, this.camera, this.size, this.palette,
      this.ratio);
    this.cost = performance.now() - start;
    this.painted = this.camera;
    this.keep();
  }

  /** Keep the picture of a costly repaint, to be moved about. */
  keep() {
    if (this.cost <= SLOW) return;
    this.last ??= document.createElement('canvas');
    if (this.last.width !== this.base.width || this.last.height !== this.base.height) {
      this.last.width = this.base.width;
      this.last.height = this.base.height;
    }
    this.last.getContext('2d').drawImage(this.base, 0, 0);
  }

  /** The last picture, moved and scaled; a true one follows when the movement rests. */
  paintStill() {
    const [pen2d] = this.pens;
    const by = this.camera.zoom / this.painted.zoom;
    pen2d.setTransform(1, 0, 0, 1, 0, 0);
    pen2d.fillStyle = this.palette.paper;
    pen2d.fillRect(0, 0, this.base.width, this.base.height);
    pen2d.setTransform(by, 0, 0, by, (this.camera.x - this.painted.x * by) * this.ratio,
      (this.camera.y - this.painted.y * by) * this.ratio);
    pen2d.drawImage(this.last, 0, 0);
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      this.painted = null;
      this.draw();
    }, REST);
  }

  /** The lines of what is chosen or pointed at, among all that are between shown nodes. */
  litLines() {
    const { node, edge } = this.chosen;
    const { item, line } = this.pointed;
    const all = [...this.scene.lines, ...this.scene.hidden];
    if (edge) return all.filter((one) => one.edges.includes(edge));
    if (line) return [line];
    // a neighbourhood is all about its centre already
    const centre = item ? item.node : this.scene.choice.focus.includes(node) ? null : node;
    return centre ? all.filter((one) => one.from === centre || one.to === centre) : [];
  }

  paintOver() {
    const [, pen2d] = this.pens;
    const { camera, size, ratio, palette, scene } = this;
    pen2d.setTransform(1, 0, 0, 1, 0, 0);
    pen2d.clearRect(0, 0, this.over.width, this.over.height);
    const lines = this.litLines();
    const centre = this.pointed.item || scene.items.get(this.chosen.node);
    this.base.classList.toggle('dimmed', lines.length > 0);
    if (!lines.length && !centre) return;
    const items = new Set(lines.flatMap((line) => [line.from, line.to])
      .map((node) => scene.items.get(node)));
    if (centre && !this.pointed.line) items.add(centre);
    const world = () => pen2d.setTransform(ratio * camera.zoom, 0, 0, ratio * camera.zoom,
      ratio * camera.x, ratio * camera.y);
    world();
    paintLines(pen2d, lines, camera, size, palette, palette.accent);
    pen2d.setTransform(ratio, 0, 0, ratio, 0, 0);
    const room = new Room();
    const labels = placeLabels([...items], camera, size, room);
    // words that the picture has stay where they are
    const known = this.painted === camera ? this.labels.filter(({ line }) => lines.includes(line))
      : [];
    const rest = lines.filter((line) => known.every((one) => one.line !== line));
    const words = [...known.filter((one) => room.take(one)),
      ...placeEdgeWords(rest.slice(0, MOST_EDGE_WORDS), camera, size, room)];
    paintLabels(pen2d, [...labels, ...words], palette);
    world();
    paintNodes(pen2d, [...items], camera, size, palette);
    pen2d.setTransform(ratio, 0, 0, ratio, 0, 0);
    const own = labels.find((one) => one.item === centre);
    if (own) this.paintRing(own);
    paintHeadings(pen2d, scene, camera, size, palette);
  }

  paintRing({ x, y, w, h }) {
    const [, pen2d] = this.pens;
    pen2d.strokeStyle = this.palette.accent;
    pen2d.lineWidth = 1.6;
    pen2d.beginPath();
    pen2d.roundRect(x - 6, y - 4, w + 12, h + 8, h / 2 + 4);
    pen2d.stroke();
  }
}

'use strict';
// Mouse, pen and fingers on the stage.

const STILL = 4; // pixels that a click may move
const REACH = 7; // pixels between the pointer and a line that it means

class Pointer {
  /** `act` has pick({ node } | { edge } | {}) and open(node). */
  constructor(stage, act) {
    Object.assign(this, { stage, act, downs: new Map() });
    const canvas = stage.over;
    canvas.addEventListener('pointerdown', (event) => this.down(event));
    canvas.addEventListener('pointermove', (event) => this.move(event));
    for (const name of ['pointerup', 'pointercancel']) {
      canvas.addEventListener(name, (event) => this.up(event));
    }
    canvas.addEventListener('pointerleave', () => this.point(null, null));
    canvas.addEventListener('dblclick', (event) => this.open(event));
    canvas.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
  }

  at({ offsetX, offsetY }) {
    const { stage } = this;
    if (!stage.scene) return {};
    const [x, y] = stage.toWorld(offsetX, offsetY);
    const item = itemAt(stage.scene, x, y) || null;
    return { item, line: item ? null : lineAt(stage.scene, x, y, REACH / stage.camera.zoom) };
  }

  down(event) {
    this.stage.over.setPointerCapture(event.pointerId);
    this.downs.set(event.pointerId, { x: event.offsetX, y: event.offsetY, moved: 0 });
  }

  move(event) {
    const down = this.downs.get(event.pointerId);
    if (!down) {
      const { item, line } = this.at(event);
      this.point(item, line);
      return;
    }
    const [dx, dy] = [event.offsetX - down.x, event.offsetY - down.y];
    down.moved += Math.abs(dx) + Math.abs(dy);
    const others = [...this.downs].filter(([id]) => id !== event.pointerId);
    if (others.length) {
      const [, other] = others[0];
      const before = Math.hypot(down.x - other.x, down.y - other.y);
      const after = Math.hypot(event.offsetX - other.x, event.offsetY - other.y);
      this.stage.zoomAt(after / Math.max(before, 1), other.x, other.y);
    } else if (down.moved > STILL) this.stage.pan(dx, dy);
    Object.assign(down, { x: event.offsetX, y: event.offsetY });
  }

  up(event) {
    const down = this.downs.get(event.pointerId);
    this.downs.delete(event.pointerId);
    if (!down || down.moved > STILL || event.type === 'pointercancel') return;
    const { item, line } = this.at(event);
    if (item) this.act.pick({ node: item.node });
    else this.act.pick(line ? { edge: line.best } : {});
  }

  open(event) {
    const { item } = this.at(event);
    if (item) this.act.open(item.node);
  }

  point(item, line) {
    const { stage } = this;
    if (stage.pointed.item === item && stage.pointed.line === line) return;
    stage.pointed = { item, line };
    stage.over.classList.toggle('over', Boolean(item || line));
    stage.over.title = item && item.text !== item.node.name ? item.node.name.slice(0, 400) : '';
    stage.paintOver();
  }

  wheel(event) {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    this.stage.zoomAt(Math.exp(-event.deltaY * lines * 0.0016), event.offsetX, event.offsetY);
  }
}

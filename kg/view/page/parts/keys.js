'use strict';
// The keyboard. Keys do nothing of ours while something is typed or a dialogue is open.

/** The item that is nearest in a direction: little to the side, near ahead. */
function nextItem(items, from, [dx, dy]) {
  let best = null;
  let nearest = Infinity;
  for (const item of items) {
    const [x, y] = [item.x - from.x, item.y - from.y];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (ahead <= 2 || (dy && aside > 140 && ahead < aside)) continue;
    const far = ahead + aside * 2.2;
    if (far < nearest) {
      nearest = far;
      best = item;
    }
  }
  return best;
}

const DIRECTIONS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};

/** `act` is what the page can do; see main.js. */
function listenToKeys(stage, act) {
  const keys = {
    '/': () => act.search(), '?': () => act.help(), f: () => act.filters(), l: () => act.list(),
    p: () => act.path(), 1: () => act.near(1), 2: () => act.near(2), Escape: () => act.back(),
    '+': () => stage.zoomAt(1.25), '=': () => stage.zoomAt(1.25), '-': () => stage.zoomAt(0.8),
    0: () => stage.fit(),
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { target } = event;
    if (target.closest('input[type=search], input[type=month], dialog')) return;
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    } else if (target === stage.over && DIRECTIONS[event.key]) {
      event.preventDefault();
      const { scene, chosen } = stage;
      const from = scene.items.get(chosen.node);
      const item = from ? nextItem(scene.list, from, DIRECTIONS[event.key]) : scene.ranked[0];
      if (item) act.pick({ node: item.node });
    } else if (target === stage.over && event.key === 'Enter' && stage.chosen.node) {
      event.preventDefault();
      act.open(stage.chosen.node);
    }
  });
}

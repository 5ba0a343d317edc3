'use strict';
// Drawing on a canvas. Lines of one look are one path, so that twenty thousand of them are a few
// strokes.

const DASHES = {
  asserted: [], alleged: [6, 4], hypothetical: [1.5, 4], prescriptive: [10, 3, 2, 3], negated: [],
};
const STEPS = 4; // of opacity
const DOTS = 6; // height of a row on the screen below which nodes are dots

/** The corners of a shape of radius 1, or null for a circle. */
function corners(shape) {
  const regular = (count, turn) => Array.from({ length: count }, (_, at) => {
    const angle = turn + (2 * Math.PI * at) / count;
    return [Math.cos(angle), Math.sin(angle)];
  });
  const up = -Math.PI / 2;
  switch (shape) {
    case 'rectangle': return [[-0.9, -0.75], [0.9, -0.75], [0.9, 0.75], [-0.9, 0.75]];
    case 'round-rectangle': return [[-0.9, -0.45], [-0.6, -0.75], [0.6, -0.75], [0.9, -0.45],
      [0.9, 0.45], [0.6, 0.75], [-0.6, 0.75], [-0.9, 0.45]];
    case 'diamond': return regular(4, up);
    case 'triangle': return regular(3, up);
    case 'pentagon': return regular(5, up);
    case 'hexagon': return regular(6, 0);
    case 'octagon': return regular(8, Math.PI / 8);
    case 'parallelogram': return [[-0.45, -0.7], [1, -0.7], [0.45, 0.7], [-1, 0.7]];
    case 'star': return regular(10, up).map(([x, y], at) => (
      at % 2 ? [x * 0.48, y * 0.48] : [x, y]));
    default: return null;
  }
}

/** A shape as an SVG path around (x, y); the canvas takes the same. */
function shapePath(shape, x, y, radius) {
  const points = corners(shape);
  const at = (value) => Math.round(value * 100) / 100;
  if (!points) {
    const r = radius * 0.92;
    return `M${at(x - r)} ${at(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
  }
  return `M${points.map(([px, py]) => `${at(x + px * radius)} ${at(y + py * radius)}`).join('L')}Z`;
}

const shapes = new Map();

function unitShape(shape) {
  if (!shapes.has(shape)) shapes.set(shape, new Path2D(shapePath(shape, 0, 0, 1)));
  return shapes.get(shape);
}

/** The page's colours as the style sheet has them for the theme in use. */
function readPalette(element = document.documentElement) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    paper: colour('paper'), ink: colour('ink'), soft: colour('soft'), rule: colour('rule'),
    line: colour('line'), accent: colour('accent'), deny: colour('deny'),
    isDark: colour('scheme') === 'dark',
  };
}

/** A colour of the schema, lightened where it would be lost on a dark ground. */
function onGround(colour, palette) {
  if (!palette.isDark) return colour;
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const light = (0.3 * parts[0] + 0.59 * parts[1] + 0.11 * parts[2]) / 255;
  const mix = Math.max(0, Math.min(0.55, 0.62 - light));
  return `rgb(${parts.map((part) => Math.round(part + (255 - part) * mix)).join(',')})`;
}

/** How a line looks: { dash, alpha, width, colour }. */
function lineLook(line, palette) {
  const { modality, origins, confidence } = line.best;
  const isNegated = modality.name === NEGATED;
  return {
    dash: DASHES[modality.name] || [],
    // what the police did stands behind what the chain does
    alpha: (line.isAside ? 0.6 : 1) * (0.35 + (0.65 * Math.ceil(confidence * STEPS)) / STEPS),
    width: 1.1 + Math.min(1.6, Math.log2(Math.max(origins, line.edges.length, 1)) * 0.4),
    colour: isNegated ? palette.deny : palette.line,
    isNegated,
  };
}

function isSeen(box, { left, top, right, bottom }) {
  return box.left < right && box.right > left && box.top < bottom && box.bottom > top;
}

/** The part of the world that a camera shows. */
function windowOf(camera, { width, height }) {
  return { left: -camera.x / camera.zoom, top: -camera.y / camera.zoom,
    right: (width - camera.x) / camera.zoom, bottom: (height - camera.y) / camera.zoom };
}

function paintLines(pen2d, lines, camera, size, palette, colour) {
  const seen = windowOf(camera, size);
  const looks = new Map();
  for (const line of lines) {
    if (!isSeen(line.box, seen)) continue;
    const look = lineLook(line, palette);
    const key = `${look.colour}${look.dash}${look.alpha}${look.width}`;
    if (!looks.has(key)) looks.set(key, { look, lines: [] });
    looks.get(key).lines.push(line);
  }
  const { zoom } = camera;
  const isCrowd = lines.length > 1500;
  for (const { look, lines: alike } of looks.values()) {
    pen2d.globalAlpha = colour ? 1 : look.alpha * (isCrowd ? 0.16 : 1);
    pen2d.strokeStyle = colour || look.colour;
    pen2d.fillStyle = pen2d.strokeStyle;
    pen2d.lineWidth = (isCrowd ? 1 : look.width) / zoom;
    pen2d.setLineDash(isCrowd ? [] : look.dash.map((part) => part / zoom));
    pen2d.beginPath();
    for (const { pieces } of alike) {
      pen2d.moveTo(pieces[0][0], pieces[0][1]);
      for (const piece of pieces) {
        pen2d.bezierCurveTo(piece[2], piece[3], piece[4], piece[5], piece[6], piece[7]);
      }
    }
    pen2d.stroke();
    pen2d.setLineDash([]);
    if (!isCrowd) paintArrows(pen2d, alike, Math.max(0.55, Math.min(1, zoom)) / zoom);
    if (look.isNegated) for (const line of alike) paintCross(pen2d, line, zoom);
  }
  pen2d.globalAlpha = 1;
}

function arrowCorners([x, y, angle], scale) {
  const turn = (dx, dy) => [x + scale * (dx * Math.cos(angle) - dy * Math.sin(angle)),
    y + scale * (dx * Math.sin(angle) + dy * Math.cos(angle))];
  return [turn(1, 0), turn(-ARROW, -ARROW * 0.5), turn(-ARROW, ARROW * 0.5)];
}

function paintArrows(pen2d, lines, scale) {
  pen2d.beginPath();
  for (const { arrow } of lines) {
    if (!arrow) continue;
    const [tip, ...rest] = arrowCorners(arrow, scale);
    pen2d.moveTo(...tip);
    for (const corner of rest) pen2d.lineTo(...corner);
    pen2d.closePath();
  }
  pen2d.fill();
}

/** Where the cross of a negated line stands. */
function crossAt({ pieces }) {
  return pointAt(pieces[Math.floor(pieces.length / 2)], 0.5);
}

function paintCross(pen2d, line, zoom) {
  const [x, y] = crossAt(line);
  const r = 5 / zoom;
  pen2d.lineWidth = 2 / zoom;
  pen2d.beginPath();
  pen2d.moveTo(x - r, y - r);
  pen2d.lineTo(x + r, y + r);
  pen2d.moveTo(x - r, y + r);
  pen2d.lineTo(x + r, y - r);
  pen2d.stroke();
}

function paintNodes(pen2d, items, camera, size, palette) {
  const { zoom } = camera;
  const seen = windowOf(camera, size);
  const dots = ROW * zoom < DOTS;
  for (const item of items) {
    if (item.x > seen.right || item.x + item.w < seen.left
      || item.y < seen.top - ROW || item.y > seen.bottom + ROW) continue;
    pen2d.fillStyle = onGround(item.node.type.colour, palette);
    if (dots) {
      const side = Math.max(1.6 / zoom, GLYPH);
      pen2d.fillRect(item.x, item.y - side / 2, side, side);
      continue;
    }
    pen2d.save();
    pen2d.translate(item.x + GLYPH, item.y);
    pen2d.scale(GLYPH, GLYPH);
    pen2d.fill(unitShape(item.node.type.shape));
    pen2d.restore();
  }
}

/** Text on the ground's colour, so that lines pass behind it. */
function paintLabels(pen2d, labels, palette, { ground = true } = {}) {
  pen2d.textBaseline = 'middle';
  pen2d.direction = 'ltr';
  pen2d.fillStyle = palette.paper;
  if (ground) {
    pen2d.globalAlpha = 0.86;
    for (const label of labels) {
      const left = label.textX - 2;
      pen2d.fillRect(left, label.y + 1, label.x + label.w - left + 2, label.h - 2);
    }
    pen2d.globalAlpha = 1;
  }
  for (const { textX, y, h, text, size, bold, kind } of labels) {
    pen2d.font = `${bold ? '600 ' : ''}${size}px ${FONT}`;
    pen2d.fillStyle = kind === 'edge' ? palette.soft : palette.ink;
    pen2d.fillText(text, textX, y + h / 2 + size * 0.06);
  }
}

/** Headings of columns stay at the top of the window, those of lanes at their left. */
function paintHeadings(pen2d, scene, camera, { width }, palette) {
  pen2d.textBaseline = 'alphabetic';
  pen2d.fillStyle = palette.paper;
  pen2d.globalAlpha = 0.92;
  if (scene.headings.length) pen2d.fillRect(0, 0, width, HEADER);
  pen2d.globalAlpha = 1;
  const title = (text, x, y) => {
    pen2d.font = `600 12px ${FONT}`;
    pen2d.fillStyle = palette.ink;
    pen2d.fillText(text, x, y);
  };
  const count = (text, x, y) => {
    pen2d.font = `11px ${FONT}`;
    pen2d.fillStyle = palette.soft;
    pen2d.fillText(text, x, y);
  };
  pen2d.strokeStyle = palette.rule;
  pen2d.lineWidth = 1;
  for (const heading of scene.headings) {
    const x = heading.left * camera.zoom + camera.x;
    const room = heading.room * camera.zoom;
    if (room < 26) continue;
    const lines = headingLines(heading.text, room);
    const first = lines.length > 1 ? 14 : 20;
    lines.forEach((line, at) => title(line, x, first + 14 * at));
    count(heading.count, x, lines.length > 1 ? 41 : 36);
    pen2d.beginPath();
    pen2d.moveTo(x, HEADER - 0.5);
    pen2d.lineTo(x + room, HEADER - 0.5);
    pen2d.stroke();
  }
  for (const { x, y, w, h, text, count: number } of headingRects(scene, camera, { width })) {
    if (!text) continue;
    pen2d.fillStyle = palette.paper;
    pen2d.fillRect(x, y, w, h);
    pen2d.beginPath();
    pen2d.moveTo(x, y + 0.5);
    pen2d.lineTo(Math.min(width - 16, scene.bounds.right * camera.zoom + camera.x), y + 0.5);
    pen2d.stroke();
    title(text, x, y + 16);
    count(number, x + textWidth(text, 12, true) + 8, y + 16);
  }
}

const HEADER = 46; // height of the strip of headings, in pixels of the screen

/** The whole picture; returns the labels it drew. */
function paintScene(pen2d, scene, camera, size, palette, ratio) {
  pen2d.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen2d.fillStyle = palette.paper;
  pen2d.fillRect(0, 0, size.width, size.height);
  const world = () => pen2d.setTransform(ratio * camera.zoom, 0, 0, ratio * camera.zoom,
    ratio * camera.x, ratio * camera.y);
  world();
  paintLines(pen2d, scene.lines, camera, size, palette);
  const labels = sceneLabels(scene, camera, size);
  pen2d.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintLabels(pen2d, labels, palette);
  world();
  paintNodes(pen2d, scene.list, camera, size, palette);
  pen2d.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintHeadings(pen2d, scene, camera, size, palette);
  return labels;
}

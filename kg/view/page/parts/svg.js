'use strict';
// The same scene as an SVG element, for export and for print. Built node by node, so that no name
// can become markup.

const SVG = 'http://www.w3.org/2000/svg';
const MARGIN = 24;

function svgElement(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

const tidy = (value) => Math.round(value * 10) / 10;

function piecesPath(pieces) {
  const numbers = (piece) => piece.slice(2).map(tidy).join(' ');
  return `M${tidy(pieces[0][0])} ${tidy(pieces[0][1])}`
    + pieces.map((piece) => `C${numbers(piece)}`).join('');
}

function svgLine(line, palette) {
  const look = lineLook(line, palette);
  const group = svgElement('g', { stroke: look.colour, opacity: tidy(look.alpha) });
  const { best } = line;
  group.append(svgElement('title', {},
    `${best.subject.name} —${line.edges.map((edge) => pick(edge.type.label)).join(say('and'))}→ `
    + `${best.object.name}`));
  group.append(svgElement('path', { d: piecesPath(line.pieces), fill: 'none',
    'stroke-width': tidy(look.width), 'stroke-dasharray': look.dash.join(' ') || 'none' }));
  if (line.arrow) {
    const points = arrowCorners(line.arrow, 1).map((corner) => corner.map(tidy).join(','));
    group.append(svgElement('polygon', { points: points.join(' '), fill: look.colour,
      stroke: 'none' }));
  }
  if (look.isNegated) {
    const [x, y] = crossAt(line).map(tidy);
    group.append(svgElement('path', { d: `M${x - 5} ${y - 5}l10 10m-10 0l10 -10`,
      'stroke-width': 2 }));
  }
  return group;
}

function svgLabel(label, palette) {
  const left = label.textX - 2;
  const group = svgElement('g', {});
  group.append(svgElement('rect', { x: tidy(left), y: tidy(label.y + 1),
    width: tidy(label.x + label.w - left + 2), height: tidy(label.h - 2), fill: palette.paper,
    'fill-opacity': 0.86 }));
  group.append(svgElement('text', { x: tidy(label.textX), y: tidy(label.y + label.h * 0.77),
    'font-size': tidy(label.size), 'font-weight': label.bold ? 600 : 400,
    fill: label.kind === 'edge' ? palette.soft : palette.ink }, label.text));
  return group;
}

function svgHeadings(scene, top, palette) {
  const title = (x, y, text) => svgElement('text', { x: tidy(x), y: tidy(y), 'font-size': 12,
    'font-weight': 600, fill: palette.ink }, text);
  const rule = (x1, x2, y) => svgElement('path', { d: `M${tidy(x1)} ${tidy(y)}H${tidy(x2)}`,
    stroke: palette.rule });
  return [
    ...scene.headings.flatMap(({ left, right, room, text }) => [
      ...headingLines(text, room).map((line, at, all) => (
        title(left, top + 20 - 13 * (all.length - 1 - at), line))),
      rule(left, Math.max(right, left + room - 10), top + 28)]),
    ...scene.bands.flatMap(({ top: y, text }) => [
      title(0, y - 2, text), rule(0, scene.bounds.right, y - 18)]),
  ];
}

/** The whole scene at zoom 1. */
function sceneSvg(scene, palette) {
  const { right, bottom } = scene.bounds;
  const top = scene.headings.length ? -HEADER : 0;
  const box = { x: -MARGIN, y: top - MARGIN, w: Math.ceil(right + 2 * MARGIN),
    h: Math.ceil(bottom - top + 2 * MARGIN) };
  const root = svgElement('svg', { xmlns: SVG, width: box.w, height: box.h,
    viewBox: `${box.x} ${box.y} ${box.w} ${box.h}`, 'font-family': FONT });
  const ground = svgElement('rect', { x: box.x, y: box.y, width: box.w, height: box.h,
    fill: palette.paper });
  const camera = { zoom: 1, x: 0, y: 0 };
  const size = { width: right + MARGIN, height: bottom + MARGIN };
  root.append(ground, ...scene.lines.map((line) => svgLine(line, palette)),
    ...sceneLabels(scene, camera, size).map((label) => svgLabel(label, palette)),
    ...scene.list.map((item) => svgElement('path', {
      d: shapePath(item.node.type.shape, item.x + GLYPH, item.y, GLYPH),
      fill: onGround(item.node.type.colour, palette) })),
    ...svgHeadings(scene, top, palette));
  return root;
}

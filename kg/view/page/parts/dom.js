'use strict';
// Small help with elements. Text goes in as text and never as markup.

const byId = (id) => document.getElementById(id);

/** An element with attributes, and children or text. `on…` attributes are listeners. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value !== null) element.setAttribute(key, String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== ''));
  return element;
}

function button(text, action, attributes = {}) {
  return make('button', { type: 'button', onclick: action, ...attributes }, text);
}

/** What can have the focus in `part`, in order. */
const controls = (part) => [...part.querySelectorAll('button, input, summary, a')];

/** `others` take the place of `element`, and the first control among them its focus. */
function replaceWithFocus(element, others) {
  element.replaceWith(...others);
  others.flatMap(controls)[0]?.focus();
}

/** A name: its direction does not reach what stands beside it. */
const nameOf = (text) => make('bdi', {}, text);

/** `text`, or its beginning with an ellipsis where it has more than `most` letters. */
function brief(text, most) {
  const letters = Array.from(text);
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text;
}

/** The shape and colour of a node type. */
function swatch(type, palette) {
  const icon = svgElement('svg', { viewBox: '-7 -7 14 14', width: 14, height: 14,
    'aria-hidden': 'true', class: 'swatch' });
  icon.append(svgElement('path', { d: shapePath(type.shape, 0, 0, GLYPH),
    fill: onGround(type.colour, palette) }));
  return icon;
}

/** The line of a modality, as in the picture. */
function lineSample(modality) {
  const icon = svgElement('svg', { viewBox: '0 0 34 10', width: 34, height: 10,
    'aria-hidden': 'true', class: `sample ${modality.name === NEGATED ? 'deny' : ''}` });
  icon.append(svgElement('path', { d: 'M1 5H33',
    'stroke-dasharray': (DASHES[modality.name] || []).join(' ') || 'none' }));
  if (modality.name === NEGATED) icon.append(svgElement('path', { d: 'M13 1l8 8m-8 0l8 -8' }));
  return icon;
}

/** Tell a screen reader. */
function announce(text) {
  byId('live').textContent = text;
}

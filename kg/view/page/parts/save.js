'use strict';
// Files for the reader to keep. They are made here and go nowhere else.

const LARGEST = 8000; // pixels of a side of a PNG: what browsers can hold

function download(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function saveSvg(scene, palette) {
  const text = new XMLSerializer().serializeToString(sceneSvg(scene, palette));
  download(new Blob([text], { type: 'image/svg+xml' }), 'kg.svg');
}

/** The whole picture at twice the size of the screen, or as large as can be. */
function savePng(scene, palette) {
  const head = scene.headings.length ? HEADER : 0;
  const size = { width: scene.bounds.right + 2 * MARGIN,
    height: scene.bounds.bottom + 2 * MARGIN + head };
  const ratio = Math.min(2, LARGEST / Math.max(size.width, size.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(size.width * ratio);
  canvas.height = Math.round(size.height * ratio);
  const camera = { zoom: 1, x: MARGIN, y: MARGIN + head };
  paintScene(canvas.getContext('2d'), scene, camera, size, palette, ratio);
  canvas.toBlob((blob) => download(blob, 'kg.png'), 'image/png');
}

/** A cell of a CSV; a spreadsheet must not take what an article says for a formula. */
function csvCell(value) {
  const text = String(value);
  const plain = /^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** One row for each sentence of each edge. */
function csvOf(edges) {
  const head = ['subject', 'subject_type', 'relation', 'object', 'object_type', 'modality',
    'confidence', 'origins', 'qualifiers', 'sentence', 'quote', 'source', 'outlet', 'published',
    'title', 'url'];
  const rows = edges.flatMap((edge) => edge.evidence.map((one) => [
    edge.subject.name, edge.subject.type.name, edge.type.name, edge.object.name,
    edge.object.type.name, edge.modality.name, one.confidence, edge.origins,
    qualifiers(edge).map(([key, value]) => `${key}: ${value}`).join('; '),
    one.sentence.text, cut(one.sentence.text, one.start, one.end), one.source,
    one.document.outlet, one.document.published, one.document.title, safeUrl(one.document.url)]));
  return [head, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n');
}

function saveCsv(edges) {
  // the mark makes Excel read UTF-8
  download(new Blob([`\ufeff${csvOf(edges)}\r\n`], { type: 'text/csv' }), 'kg.csv');
}

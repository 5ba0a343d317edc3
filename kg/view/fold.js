/** What two spellings of the same have in common: width, case, script, space and marks do not
 * matter. `kg.text.fold` is the same in Python; `kg.text.folding` has the marks, and pairs of a
 * traditional character and its simplified one. */
function folder([marks, pairs]) {
  const gone = new RegExp(`[\\s${marks.replace(/[\]\\^-]/g, '\\$&')}]`, 'gu');
  const script = new Map();
  for (let at = 0; at < pairs.length; at += 2) script.set(pairs[at], pairs[at + 1]);
  const old = new RegExp(`[${[...script.keys()].join('')}]`, 'g');

  function fold(text) {
    return text.normalize('NFKC').toLowerCase().replace(gone, '')
      .replace(old, (char) => script.get(char));
  }

  /** Where in `text` stands what folds to `wanted`: [start, end], or null. */
  function foldedPlace(text, wanted) {
    let folded = '';
    const places = []; // of each folded character: where what it comes from begins and ends
    let start = 0;
    for (const char of text) {
      const piece = fold(char);
      for (let at = 0; at < piece.length; at += 1) places.push([start, start + char.length]);
      folded += piece;
      start += char.length;
    }
    const at = folded.indexOf(wanted);
    return at < 0 ? null : [places[at][0], places[at + wanted.length - 1][1]];
  }

  /** What is looked for: the whole of what was typed, and its words where there are several. */
  function wantedOf(text) {
    const words = text.trim().split(/\s+/u).map(fold).filter(Boolean);
    const whole = words.join('');
    return { whole, words, isIn: (folded) => folded.includes(whole)
      || (words.length > 1 && words.every((word) => folded.includes(word))) };
  }

  return { fold, foldedPlace, wantedOf };
}

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

/** A function that says where in the initials of a folded name, dxyys of 电信运营商, stands what was
 * typed: -1 where nowhere, and for a single letter, which stands in too many. The order in which
 * the browser sorts tells them; of a character with several readings it knows one. */
function pinyin() {
  const { compare } = new Intl.Collator('zh-Hans-u-co-pinyin');
  const letters = 'abcdefghjklmnopqrstwxyz';
  const begins = [...'吖八嚓咑妸发旮哈丌咔垃呣拏喔妑七呥仨他屲夕丫帀']; // of each letter
  const sorts = begins.every((char, at) => !at || compare(begins[at - 1], char) < 0);
  const known = new Map();

  function initial(char) {
    if (!sorts || !/\p{Script=Han}/u.test(char)) return char;
    if (!known.has(char)) {
      const passed = begins.filter((first) => compare(char, first) >= 0).length;
      known.set(char, letters[passed - 1] || char);
    }
    return known.get(char);
  }

  return (name, typed) => (
    /^[a-z]{2,}$/.test(typed) ? Array.from(name, initial).join('').indexOf(typed) : -1);
}

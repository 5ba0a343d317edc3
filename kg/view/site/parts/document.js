'use strict';
// Lights up the other end: a fact its sentence and the names in it, a sentence its facts.
{
  const bySentence = new Map();
  for (const element of document.querySelectorAll('[data-s]')) {
    const found = bySentence.get(element.dataset.s) ?? [];
    bySentence.set(element.dataset.s, [...found, element]);
  }
  let lit = [];

  function light(elements) {
    for (const element of lit) element.classList.remove('lit');
    lit = elements;
    for (const element of lit) element.classList.add('lit');
  }

  function show(event) {
    const pointed = event.target.closest?.('[data-s]');
    if (!pointed) {
      light([]);
      return;
    }
    const same = bySentence.get(pointed.dataset.s);
    if (!pointed.dataset.ends) {
      light(same);
      return;
    }
    const ends = pointed.dataset.ends.split(' ');
    const sentences = same.filter((element) => !element.dataset.ends);
    const names = sentences.flatMap((element) => [...element.querySelectorAll('.mention')]);
    light([pointed, ...sentences, ...names.filter((name) => ends.includes(name.dataset.e))]);
  }

  document.addEventListener('mouseover', show);
  document.addEventListener('focusin', show);
}

'use strict';
// Finds what is typed in names, aliases, titles and sentences; better places first.
{
  const MOST = 40; // of each kind
  const data = JSON.parse(document.getElementById('data').textContent);
  const input = document.querySelector('input[type="search"]');
  const hits = document.getElementById('hits');
  const { fold, foldedPlace, wantedOf } = folder(data.folding);
  const initialsAt = pinyin();

  const entities = data.entities.map((entity) => ({
    entity,
    forms: [entity[2], ...entity[3]].map(fold),
  }));
  const documents = data.documents.map((item) => ({ item, title: fold(item[1]) }));
  const sentences = data.sentences.map((item) => ({ item, text: fold(item[3]) }));

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function link(href, className, text) {
    const made = element('a', className, element('bdi', '', text));
    made.href = href;
    return made;
  }

  /** 0 for the whole name, 1 for its beginning, 2 for a part, 3 for all words, 4 for initials of
   * its pinyin, 5 for none. */
  function rank(form, wanted) {
    const at = form.indexOf(wanted.whole);
    if (at < 0) return wanted.isIn(form) ? 3 : initialsAt(form, wanted.whole) < 0 ? 5 : 4;
    if (at > 0) return 2;
    return form.length === wanted.whole.length ? 0 : 1;
  }

  function section(title, found, make) {
    if (!found.length) return [];
    const count = element('small', '', String(found.length));
    const list = element('ul', 'plain', ...found.slice(0, MOST).map(make));
    if (found.length > MOST) {
      const more = data.words.more.replace('{0}', String(found.length - MOST));
      list.append(element('li', 'soft small', more));
    }
    return [element('h2', '', title, ' ', count), list];
  }

  function entityRow(entity) {
    const [file, type, name, aliases, count] = entity;
    const [className, label] = data.types[type];
    const also = aliases.slice(0, 4).join('、');
    const about = [label, count, also].filter((part) => part !== '').join(' · ');
    const shown = name.length > 80 ? `${name.slice(0, 79)}…` : name;
    return element('li', '', link(file, `name t-${className}`, shown), ' ',
      element('span', 'soft small', about));
  }

  function documentRow([file, title, outlet, published]) {
    const about = [outlet, published].filter(Boolean).join(' · ');
    return element('li', '', link(file, '', title), ' ', element('span', 'soft small', about));
  }

  function sentenceRow(wanted) {
    return ([at, start, end, text]) => {
      const [file, title] = data.documents[at];
      const made = link(`${file}#s${start}-${end}`, '', '');
      const place = foldedPlace(text, wanted.whole) || foldedPlace(text, wanted.words[0]);
      made.firstChild.replaceChildren(...(place ? [
        text.slice(0, place[0]),
        element('b', '', text.slice(...place)),
        text.slice(place[1]),
      ] : [text]));
      return element('li', '', made, ' ', element('span', 'soft small', title));
    };
  }

  function find() {
    const wanted = wantedOf(input.value);
    if (!wanted.whole) {
      hits.replaceChildren();
      return;
    }
    const ranked = entities
      .map(({ entity, forms }) => [Math.min(...forms.map((form) => rank(form, wanted))), entity])
      .filter(([best]) => best < 5)
      .sort((one, other) => one[0] - other[0]) // stable: within a rank, by weight
      .map(([, entity]) => entity);
    const titled = documents.filter(({ title }) => wanted.isIn(title)).map(({ item }) => item);
    const apart = ({ text }) => Number(!text.includes(wanted.whole));
    const quoted = sentences.filter(({ text }) => wanted.isIn(text))
      .sort((one, other) => apart(one) - apart(other)).map(({ item }) => item);
    const found = [
      ...section(data.words.entities, ranked, entityRow),
      ...section(data.words.documents, titled, documentRow),
      ...section(data.words.sentences, quoted, sentenceRow(wanted)),
    ];
    hits.replaceChildren(...(found.length ? found : [element('p', 'soft', data.words.none)]));
  }

  input.value = new URLSearchParams(window.location.search).get('q') ?? '';
  input.addEventListener('input', find);
  input.form.addEventListener('submit', (event) => event.preventDefault());
  input.focus();
  find();
}

'use strict';
// The drawer of filters, which is also the legend: shapes, colours and dashes with their counts.

class Filters {
  constructor(element, data, state, palette) {
    Object.assign(this, { element, data, state, palette, isOwn: false });
  }

  /** What the reader sets here: the control is left as it is, so that the next key reaches it. */
  set(change) {
    this.isOwn = true;
    this.state.set(change);
    this.isOwn = false;
  }

  render() {
    if (this.isOwn) return;
    const { value } = this.state;
    const types = shownTypes(this.data, value);
    const open = [...this.element.querySelectorAll('details')].map((one) => one.open);
    this.element.replaceChildren(
      this.limits(value),
      this.section('modality', this.data.modalities.map((mode) => this.check(
        [lineSample(mode), pick(mode.label)], mode.count, hasMode(value, mode),
        (on) => this.setMode(mode, on)))),
      this.section('nodeTypes', this.data.nodeTypes.map((type) => this.check(
        [swatch(type, this.palette()), pick(type.label)], type.count, types.nodes.has(type),
        (on) => this.setType(type, on)))),
      this.section('edgeTypes', Object.entries(this.data.groups).flatMap(([group, label]) => {
        const inGroup = this.data.edgeTypes.filter((type) => type.group === group);
        return inGroup.length ? [make('h4', {}, pick(label)), ...inGroup.map((type) => this.check(
          [pick(type.label)], type.count, types.edges.has(type),
          (on) => this.setType(type, on)))] : [];
      })),
      make('p', { class: 'actions' }, button(say('reset'), () => this.state.set({
        hide: [], add: [], modes: null, confidence: 0, origins: 1, from: '', to: '',
        top: this.data.top, thin: true }))));
    this.element.querySelectorAll('details').forEach((one, at) => {
      if (open.length) one.open = open[at];
    });
  }

  section(words, rows) {
    return make('details', { open: true }, make('summary', {}, say(words)), ...rows);
  }

  check(label, count, checked, change) {
    const input = make('input', { type: 'checkbox', onchange: () => change(input.checked) });
    input.checked = checked;
    return make('label', { class: 'check' }, input, ...label,
      make('span', { class: 'soft end' }, count));
  }

  limits(value) {
    const { data } = this;
    const most = Math.max(1, ...data.edges.map((edge) => edge.origins));
    const largest = Math.max(1, ...this.tierSizes().values());
    const range = (words, key, attributes, show) => {
      const shown = make('span', {}, show(value[key])); // an output would take the label
      const input = make('input', { type: 'range', value: value[key] || attributes.max,
        oninput: () => { shown.textContent = show(Number(input.value)); },
        onchange: () => this.set({ [key]: Number(input.value) }), ...attributes });
      return make('label', { class: 'range' }, make('span', {}, say(words), shown), input);
    };
    const month = (words, key) => {
      const input = make('input', { type: 'month', value: value[key],
        onchange: () => this.set({ [key]: input.value }) });
      return make('label', { class: 'month' }, say(words), input);
    };
    const thin = this.check([say('thin')], '', value.thin, (on) => this.set({ thin: on }));
    const every = Math.min(largest, 60) + 1; // the slider's end means all
    const top = range('top', 'top', { min: 3, max: every, step: 1 },
      (number) => (number && number < every ? number : say('every')));
    const slider = top.querySelector('input');
    slider.addEventListener('change', (event) => {
      event.stopImmediatePropagation();
      this.set({ top: Number(slider.value) < every ? Number(slider.value) : 0 });
    }, { capture: true });
    return make('div', { class: 'limits' }, top, thin,
      range('confidence', 'confidence', { min: 0, max: 100, step: 5, value: value.confidence },
        (number) => `${number}%`),
      range('origins', 'origins', { min: 1, max: Math.min(most, 20), step: 1 }, String),
      make('div', { class: 'months' }, month('from', 'from'), month('to', 'to')));
  }

  tierSizes() {
    const sizes = new Map();
    for (const { column } of this.data.nodes) sizes.set(column, (sizes.get(column) || 0) + 1);
    return sizes;
  }

  setMode(mode, on) {
    const { value } = this.state;
    const names = this.data.modalities.filter((one) => hasMode(value, one)).map((one) => one.name);
    const modes = on ? [...names, mode.name] : names.filter((name) => name !== mode.name);
    this.set({ modes });
  }

  setType(type, on) {
    const { hide, add } = this.state.value;
    const without = (names) => names.filter((name) => name !== type.name);
    this.set(on ? { hide: without(hide), add: [...without(add), type.name] }
      : { hide: [...without(hide), type.name], add: without(add) });
  }
}

'use strict';
// The page put together: the state decides what is chosen, the choice is laid out and painted.

const PANEL = 392; // width of the panel in page.css

class App {
  constructor(data) {
    this.data = data;
    this.state = new State(data);
    this.state.read(window.location.hash);
    this.palette = readPalette();
    const palette = () => this.palette;
    this.index = new Index(data);
    this.stage = new Stage(byId('base'), byId('over'));
    this.cards = new Cards(data, this.state, palette);
    this.filters = new Filters(byId('filters'), data, this.state, palette);
    this.list = new List(byId('table'), this.state);
    this.ways = new Ways(byId('ways'), this.index, this.state, palette, this.cards);
    this.finder = new Finder(byId('search'), byId('hits'), this.index, palette, {
      sentences: true, choose: (hit) => this.found(hit) });
    this.sentence = null; // one that was searched and chosen
    this.seen = ''; // the part of the state that the picture on the stage is of
    this.listen();
  }

  listen() {
    this.state.listeners.push(() => this.render());
    this.pointer = new Pointer(this.stage, {
      pick: (what) => this.pick(what), open: (node) => this.near(1, node) });
    listenToKeys(this.stage, {
      search: () => byId('search').select(), help: () => byId('help').showModal(),
      filters: () => this.toggleFilters(), list: () => this.toggleList(),
      path: () => this.togglePath(), near: (hops) => this.near(hops), back: () => this.back(),
      pick: (what) => this.pick(what), open: (node) => this.open(node),
    });
    const clicks = {
      'filters-button': () => this.toggleFilters(), 'path-button': () => this.togglePath(),
      'list-button': () => this.toggleList(), 'language-button': () => this.state.set({
        lang: language ? 'zh' : 'en' }),
      'theme-button': () => this.state.set({ theme: this.palette.isDark ? 'light' : 'dark' }),
      'help-button': () => byId('help').showModal(), 'help-close': () => byId('help').close(),
      'panel-close': () => this.closePanel(), 'zoom-in': () => this.stage.zoomAt(1.25),
      'zoom-out': () => this.stage.zoomAt(0.8), 'zoom-fit': () => this.stage.fit(),
      'save-png': () => savePng(this.stage.scene, this.palette),
      'save-svg': () => saveSvg(this.stage.scene, this.palette),
      'save-csv': () => saveCsv(this.choice.edges), 'save-print': () => window.print(),
    };
    for (const [id, action] of Object.entries(clicks)) byId(id).addEventListener('click', action);
    const menu = byId('save');
    menu.addEventListener('click', (event) => {
      if (event.target.closest('button')) menu.open = false;
    });
    menu.addEventListener('focusout', (event) => {
      if (!menu.contains(event.relatedTarget)) menu.open = false;
    });
    window.addEventListener('popstate', () => {
      this.state.read(window.location.hash);
      this.render();
    });
    window.addEventListener('beforeprint', () => this.print());
    window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      this.seen = '';
      this.render();
    });
    new ResizeObserver(() => this.resize()).observe(byId('stage'));
    // glyphs are measured before a font that is loaded late: once it is there, lay out anew
    document.fonts.ready.then(() => measured.clear());
  }

  resize() {
    if (this.stage.resize()) this.layOut();
  }

  // What the reader does

  pick({ node, edge }) {
    this.sentence = null;
    this.state.set({ node: node?.id ?? '', edge: edge?.id ?? '' });
    if (node) announce(`${node.name} ${pick(node.type.label)} ${say('relations', node.edges.length)}`);
  }

  /** A node is opened by its card first, then by its neighbourhood. */
  open(node) {
    const isOpen = !byId('panel').hidden && this.state.value.focus[0] !== node.id;
    if (isOpen) this.near(1, node);
    else byId('panel').focus();
  }

  near(hops, node = this.stage.chosen.node) {
    if (node) this.state.enter({ focus: [node.id], path: [], hops, node: node.id, edge: '' });
  }

  found({ node, sentence }) {
    byId('search').blur();
    this.sentence = sentence || null;
    if (sentence) {
      const ends = [...sentence.edges].flatMap((edge) => [edge.subject.id, edge.object.id]);
      this.state.enter({ focus: [...new Set(ends)], path: [], hops: 0, node: '', edge: '' });
    } else if (this.stage.scene.items.has(node)) this.pick({ node });
    else this.near(1, node);
    byId('over').focus();
  }

  toggleFilters() {
    byId('filters').hidden = !byId('filters').hidden;
    this.filters.render();
    byId('filters-button').setAttribute('aria-expanded', String(!byId('filters').hidden));
  }

  toggleList() {
    this.state.set({ list: !this.state.value.list });
    byId(this.state.value.list ? 'table' : 'over').focus();
  }

  togglePath() {
    if (this.state.value.path.length) {
      this.state.leave();
      return;
    }
    this.state.enter({ path: [this.state.value.node, ''], focus: [], node: '', edge: '' });
    byId(this.state.value.path[0] ? 'way-1' : 'way-0').focus();
  }

  closePanel() {
    const { value } = this.state;
    this.sentence = null;
    if (value.edge || value.node) this.state.set({ node: '', edge: '' });
    else if (value.path.length) this.state.leave();
    else this.render();
  }

  /** One step back: the edge's card, the node's, the neighbourhood or path, the filters. */
  back() {
    const { value } = this.state;
    if (value.edge) this.state.set({ edge: '' });
    else if (value.node || this.sentence) this.pick({});
    else if (value.focus.length || value.path.length) this.state.leave();
    else if (!byId('filters').hidden) this.toggleFilters();
    byId('over').focus();
  }

  // What follows from the state

  render() {
    const focus = document.activeElement;
    const part = focus.closest('#presets, #filters, #panel');
    const at = part ? controls(part).indexOf(focus) : -1;
    this.renderAll();
    if (focus === document.body || focus.getClientRects().length) return;
    // what had the focus is gone: the same control made anew has it, or what is shown instead
    const isPanel = part?.id === 'panel' && !part.hidden;
    const next = isPanel ? part : part && part.id !== 'panel' && controls(part)[at];
    (next || byId(this.state.value.list ? 'table' : 'over')).focus({ preventScroll: true });
  }

  renderAll() {
    const { value } = this.state;
    this.setLanguage(value.lang === 'en' ? 1 : 0);
    this.setTheme(value.theme);
    const seen = JSON.stringify({ ...value, node: '', edge: '', theme: '' });
    if (seen !== this.seen) {
      this.seen = seen;
      this.choice = choose(this.data, value);
      byId('table').hidden = !value.list;
      byId('stage').hidden = value.list;
      byId('list-button').setAttribute('aria-pressed', String(value.list));
      this.layOut();
      this.renderAround();
    }
    this.stage.chosen = { node: this.data.nodeById.get(value.node) || null,
      edge: this.data.edgeById.get(value.edge) || null };
    this.renderPanel();
    this.revealChosen();
    if (this.stage.scene) this.stage.paintOver();
  }

  layOut() {
    const { value } = this.state;
    // a neighbourhood or path comes with its panel: lay it out beside, not under it
    const hasPanel = value.focus.length > 0 || value.path.length > 0;
    this.stage.covered = hasPanel && this.stage.size.width > 2 * PANEL ? PANEL : 0;
    this.stage.show(makeScene(this.data, this.choice, this.stage.room()));
  }

  setLanguage(at) {
    if (language === at && document.documentElement.lang) return;
    language = at;
    document.documentElement.lang = at ? 'en' : 'zh-CN';
    document.title = say('title');
    for (const element of document.querySelectorAll('[data-say]')) {
      element.textContent = say(element.dataset.say);
    }
    for (const element of document.querySelectorAll('[data-label]')) {
      element.setAttribute('aria-label', say(element.dataset.label));
      if (element.tagName === 'BUTTON') element.title = say(element.dataset.label);
    }
    byId('search').placeholder = say('search');
    this.ways.build();
  }

  setTheme(theme) {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    const palette = readPalette();
    if (palette.isDark !== this.palette.isDark) {
      this.seen = '';
      this.stage.painted = null;
    }
    this.palette = palette;
    this.stage.palette = palette;
  }

  /** Presets, filters, table and status line: all that goes with the picture. */
  renderAround() {
    const { value } = this.state;
    const { choice, data } = this;
    const free = value.focus.length || hasPath(value);
    byId('presets').replaceChildren(...data.presets.map((preset) => button(pick(preset.label),
      () => this.state.set({ view: preset.id, focus: [], path: [], hide: [], add: [], node: '',
        edge: '' }, { step: true }),
      { title: pick(preset.description),
        'aria-pressed': String(!free && preset.id === value.view) })));
    if (!byId('filters').hidden) this.filters.render();
    if (value.list) this.list.render(choice.edges);
    byId('empty').hidden = choice.nodes.length > 0;
    const denied = (edges) => edges.filter((edge) => edge.modality.name === NEGATED).length;
    const [noes, allNoes] = [denied(choice.edges), denied(data.edges)]; // a denial is no relation
    byId('count').textContent = say('shown', choice.nodes.length, data.nodes.length,
      choice.edges.length - noes, data.edges.length - allNoes)
      + (noes ? say('denied', noes, allNoes) : '');
    this.renderCrumb();
    const counts = new Map(); // the commonest first: the line of the legend may be too short
    for (const { type } of choice.nodes) counts.set(type, (counts.get(type) ?? 0) + 1);
    const kinds = [...counts.keys()].sort((one, other) => (
      counts.get(other) - counts.get(one) || one.index - other.index));
    const modes = data.modalities.filter((mode) => (
      choice.edges.some((edge) => edge.modality === mode)));
    byId('legend').replaceChildren(
      ...modes.map((mode) => make('span', {}, lineSample(mode), pick(mode.label))),
      ...kinds.map((type) => make('span', {}, swatch(type, this.palette), pick(type.label))));
  }

  renderCrumb() {
    const { value } = this.state;
    const { nodeById } = this.data;
    const names = (ids) => ids.map((id) => nodeById.get(id)).filter(Boolean)
      .map((node) => brief(node.name, 20));
    const away = value.focus.length || value.path.length;
    const words = hasPath(value) ? say('pathOf', ...names(value.path))
      : value.focus.length ? say('neighbours', names(value.focus).slice(0, 2).join(say('and'))) : '';
    byId('crumb').replaceChildren(...(away
      ? [button(`← ${say('back')}`, () => this.state.leave()), nameOf(words)] : []));
  }

  renderPanel() {
    const { value } = this.state;
    const { node, edge } = this.stage.chosen;
    const hasCard = Boolean(node || edge || this.sentence);
    const isPath = value.path.length > 0;
    byId('panel').hidden = !hasCard && !isPath;
    byId('ways').hidden = hasCard || !isPath;
    byId('path-button').setAttribute('aria-pressed', String(isPath));
    const content = [];
    if (edge && node) {
      content.push(button(`← ${brief(node.name, 24)}`, () => this.state.set({ edge: '' }),
        { class: 'link up' }));
    }
    if (edge) content.push(this.cards.edge(edge));
    else if (node) content.push(this.cards.node(node));
    else if (this.sentence) content.push(this.cards.sentence(this.sentence));
    byId('card').replaceChildren(...content);
    byId('panel').scrollTop = 0;
    if (isPath) this.ways.render(this.choice.chains, this.data.nodeById);
  }

  revealChosen() {
    const { node, edge } = this.stage.chosen;
    const item = this.stage.scene?.items.get(edge ? edge.object : node);
    const panel = byId('panel');
    const covered = panel.hidden || panel.clientWidth > window.innerWidth * 0.8
      ? 0 : panel.clientWidth;
    if (item && !this.state.value.list) this.stage.reveal(item, covered);
  }

  print() {
    const light = readPalette(byId('print'));
    byId('print').replaceChildren(sceneSvg(this.stage.scene, light));
  }

  /** For tests: what is drawn where, in pixels of the stage. Nothing can be changed by it. */
  hook() {
    const { stage } = this;
    const screen = ([x, y]) => [x * stage.camera.zoom + stage.camera.x,
      y * stage.camera.zoom + stage.camera.y];
    return Object.freeze({
      labels: () => stage.labels.map(({ x, y, w, h, text, kind }) => ({ x, y, w, h, text, kind })),
      nodes: () => stage.scene.list.map((item) => ({ id: item.node.id, name: item.node.name,
        column: item.node.column, at: screen([item.x + GLYPH, item.y]) })),
      lines: () => stage.scene.lines.map((line) => ({ edges: line.edges.map((edge) => edge.id),
        modality: line.best.modality.name,
        at: screen(pointAt(line.pieces[Math.floor(line.pieces.length / 2)], 0.5)) })),
      hash: () => this.state.hash(),
      camera: () => ({ ...stage.camera }),
      cost: () => stage.cost,
    });
  }
}

const app = new App(readData(JSON.parse(byId('data').textContent)));
app.stage.resize();
app.render();
Object.defineProperty(window, 'kgView', { value: app.hook() });

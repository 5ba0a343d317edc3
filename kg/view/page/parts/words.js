'use strict';
// What the page itself says, in both languages. Labels of types, columns and presets are not
// here: they come with the data, from the schema.

const WORDS = {
  title: ['电信诈骗产业链', 'Telecom-fraud chain'],
  search: ['查找名称、别名或原文（/）', 'Search names and sentences (/)'],
  presets: ['视图', 'Views'],
  filters: ['筛选', 'Filters'],
  path: ['路径', 'Path'],
  list: ['列表', 'List'],
  save: ['导出', 'Export'],
  help: ['帮助', 'Help'],
  language: ['English', '中文'],
  theme: ['切换明暗', 'Light or dark'],
  close: ['关闭', 'Close'],
  shown: ['{0} / {1} 个节点 · {2} / {3} 条关系', '{0} of {1} node(s) · {2} of {3} relation(s)'],
  denied: [' · {0} / {1} 条被否定', ' · {0} of {1} denied'],
  ofAll: ['{0}/{1}', '{0}/{1}'],
  nothing: ['这里没有可显示的关系。放宽筛选，或换一个视图。',
    'Nothing to show here. Widen the filters, or take another view.'],
  noHits: ['没有找到', 'Nothing found'],
  names: ['名称', 'Names'],
  sentences: ['原文', 'Sentences'],
  nodeTypes: ['节点类型', 'Node types'],
  edgeTypes: ['关系类型', 'Relation types'],
  modality: ['语气', 'Modality'],
  confidence: ['可信度不低于', 'Confidence at least'],
  origins: ['独立来源不少于', 'Independent origins at least'],
  from: ['发表于', 'Published from'],
  to: ['至', 'to'],
  top: ['每层节点数', 'Nodes per tier'],
  every: ['全部', 'all'],
  thin: ['只画主要连线', 'Draw main lines only'],
  reset: ['恢复默认', 'Reset'],
  aliases: ['又称', 'Also'],
  roles: ['角色', 'Roles'],
  players: ['扮演者', 'Played by'],
  prices: ['价格', 'Prices'],
  kind: ['类', 'kind'],
  particular: ['个体', 'particular'],
  mentions: ['{0} 处提及', 'mentions: {0}'],
  inDocuments: ['{0} 篇文章', '{0} document(s)'],
  relations: ['{0} 条关系', '{0} relation(s)'],
  hop1: ['一跳邻居', '1 hop'],
  hop2: ['两跳邻居', '2 hops'],
  pathFrom: ['路径起点', 'Path from here'],
  pathTo: ['路径终点', 'Path to here'],
  back: ['返回', 'Back'],
  more: ['再显示 {0} 条', 'Show {0} more'],
  sure: ['可信度 {0}%', 'confidence {0}%'],
  origin: ['{0} 个独立来源', '{0} independent origin(s)'],
  evidence: ['证据', 'Evidence'],
  evidences: ['{0} 句证据', '{0} sentence(s) of evidence'],
  says: ['据{0}', 'according to {0}'],
  article: ['文章本身', 'the article itself'],
  rule: ['规则', 'rule'],
  undated: ['日期不详', 'undated'],
  untitled: ['无标题', 'untitled'],
  others: ['两者之间的其他关系', 'Other relations between the two'],
  sentence: ['原文句子', 'Sentence'],
  start: ['起点', 'From'],
  end: ['终点', 'To'],
  anyWay: ['不论方向', 'Either direction'],
  chain: ['第 {0} 条链 · {1} 步', 'Chain {0} · {1} step(s)'],
  noPath: ['没有从“{0}”到“{1}”的路径', 'No chain from {0} to {1}'],
  pathHint: ['选两个节点，看东西怎样从一处到另一处，每一步都有原文。',
    'Choose two nodes to see how things get from one to the other, a sentence for each step.'],
  and: ['、', ', '],
  neighbours: ['{0} 的邻居', 'Around {0}'],
  pathOf: ['{0} → {1}', '{0} → {1}'],
  savePng: ['图片 PNG', 'Picture, PNG'],
  saveSvg: ['矢量图 SVG', 'Picture, SVG'],
  saveCsv: ['关系与证据 CSV', 'Relations and sentences, CSV'],
  savePrint: ['打印', 'Print'],
  subject: ['主体', 'Subject'],
  relation: ['关系', 'Relation'],
  object: ['客体', 'Object'],
  published: ['日期', 'Date'],
  zoomIn: ['放大', 'Zoom in'],
  zoomOut: ['缩小', 'Zoom out'],
  fit: ['适合窗口', 'Fit to window'],
  canvas: ['产业链图。方向键在节点间移动，回车打开，列表按钮给出同样内容的表格。',
    'Picture of the chain. Arrow keys move between nodes, Enter opens one; '
    + 'the List button gives the same as a table.'],
  caption: ['图中的关系', 'The relations of the picture'],
  helpTitle: ['怎样看这张图', 'How to read this picture'],
  helpText: [
    '从左到右是产业链的上下游，箭头指东西的去向，下方是法律、警方与法院。线越粗来源越多，越淡可信度越低；'
    + '点一个节点看它的关系，点一条线看它的原文。每条线都有原文为证；“据称”不等于定罪。',
    'The chain reads from left to right, from sources to victims, arrows go where things go; '
    + 'law, police and courts stand below. A thicker line has more origins, a fainter one less confidence. Click a node for '
    + 'its relations, a line for its sentences. Every line has a sentence; alleged is not convicted.'],
  keySearch: ['查找；也可输入拼音首字母，如 dxyys', 'search; also by initials of pinyin, as dxyys'],
  keyArrows: ['在节点间移动', 'move between nodes'],
  keyEnter: ['打开节点；再按一次看邻居', 'open a node; again: its neighbourhood'],
  keyHops: ['一跳、两跳邻居', 'neighbourhood of one or two hops'],
  keyEsc: ['关闭、返回', 'close, go back'],
  keyZoom: ['放大、缩小、适合窗口', 'zoom in, out, fit'],
  keyPanels: ['筛选、路径、列表', 'filters, path, list'],
  keyHelp: ['本帮助', 'this help'],
};

let language = 0; // position in each pair: 0 Chinese, 1 English

/** The words for `key`, with {0}, {1} … filled in; the (s) behind a number goes where that is 1. */
function say(key, ...values) {
  const words = WORDS[key][language].replace(/\{(\d)\}([^{]*?)\(s\)/g,
    (_, at, noun) => `{${at}}${noun}${Number(values[at]) === 1 ? '' : 's'}`);
  return words.replace(/\{(\d)\}/g, (_, at) => String(values[at]));
}

/** The one of a pair of labels (from the data) that is in the language in use. */
function pick(pair) {
  return pair[language];
}

/**
 * Discord's markdown, parsed to a plain tree (no DOM here; `markdown_dom.js` draws it).
 *
 * Blocks: code fences, `#` headings, `-#` small text, `>` and `>>>` quotes, lists, paragraphs.
 * Inline: bold, italic, underline, strike, spoiler, code, links, times, mentions, escapes.
 */

/** @typedef {{type: string, text?: string, level?: number, url?: string, id?: string, kind?: string,
 *   seconds?: number, style?: string, ordered?: boolean, children?: Tree[]}} Tree */

const DEEPEST = 12; // nesting beyond this is shown as plain text

/** @param {string} source @param {number} [depth] @returns {Tree[]} */
export function parseMarkdown(source, depth = 0) {
  const blocks = /** @type {Tree[]} */ ([]);
  const fence = /```(?:([a-z0-9_+#-]+)?\n)?([\s\S]*?)\n?```/gi;
  let from = 0;
  for (const match of source.matchAll(fence)) {
    if (!match[2].trim()) continue;
    blocks.push(...parseLines(source.slice(from, match.index).replace(/\n$/, ''), depth));
    blocks.push({ type: 'codeblock', text: match[2], kind: match[1] });
    from = match.index + match[0].length;
    if (source[from] === '\n') from += 1;
  }
  blocks.push(...parseLines(source.slice(from), depth));
  return blocks;
}

/** @param {string} source @param {number} depth @returns {Tree[]} */
function parseLines(source, depth) {
  if (!source) return [];
  const lines = source.split('\n');
  const blocks = /** @type {Tree[]} */ ([]);
  while (lines.length) {
    const block = depth < DEEPEST ? takeBlock(lines, depth) : null;
    if (block) blocks.push(block);
    else addParagraphLine(blocks, lines.shift() ?? '', depth);
  }
  return blocks;
}

/** Takes a block that starts at the first line, or null. @param {string[]} lines @param {number} depth @returns {Tree|null} */
function takeBlock(lines, depth) {
  const line = lines[0];
  const heading = /^(#{1,3}) +(\S.*)$/.exec(line);
  if (heading) {
    lines.shift();
    return { type: 'heading', level: heading[1].length, children: parseInline(heading[2], depth) };
  }
  const small = /^-# +(\S.*)$/.exec(line);
  if (small) {
    lines.shift();
    return { type: 'small', children: parseInline(small[1], depth) };
  }
  if (/^>>> /.test(line)) {
    const rest = lines.splice(0).join('\n').slice(4);
    return { type: 'quote', children: parseMarkdown(rest, depth + 1) };
  }
  if (/^> /.test(line)) {
    const quoted = takeWhile(lines, (l) => /^> ?/.test(l)).map((l) => l.replace(/^> ?/, ''));
    return { type: 'quote', children: parseMarkdown(quoted.join('\n'), depth + 1) };
  }
  return takeList(lines, depth);
}

/** @param {string[]} lines @param {number} depth @returns {Tree|null} */
function takeList(lines, depth) {
  const bullet = /^( *)([-*]|\d{1,9}\.) +(\S.*)$/;
  const first = bullet.exec(lines[0]);
  if (!first) return null;
  const ordered = /\d/.test(first[2]);
  const items = takeWhile(lines, (l) => bullet.test(l) && /\d/.test(bullet.exec(l)?.[2] ?? '') === ordered);
  const children = items.map((item) => {
    const [, indent, , text] = /** @type {RegExpExecArray} */ (bullet.exec(item));
    return {
      type: 'item',
      level: Math.min(3, Math.floor(indent.length / 2)),
      children: parseInline(text, depth),
    };
  });
  return { type: 'list', ordered, level: ordered ? Number.parseInt(first[2], 10) : 1, children };
}

/** @param {string[]} lines @param {(line: string) => boolean} test */
function takeWhile(lines, test) {
  const end = lines.findIndex((line) => !test(line));
  return lines.splice(0, end < 0 ? lines.length : end);
}

/** @param {Tree[]} blocks @param {string} line @param {number} depth */
function addParagraphLine(blocks, line, depth) {
  const last = blocks.at(-1);
  const inline = parseInline(line, depth);
  if (last?.type === 'paragraph') last.children?.push({ type: 'break' }, ...inline);
  else blocks.push({ type: 'paragraph', children: inline });
}

/** @typedef {[RegExp, (match: RegExpExecArray, depth: number) => Tree]} Rule */

/** @param {string} type @param {number} [group] @returns {(match: RegExpExecArray, depth: number) => Tree} */
const wrap =
  (type, group = 1) =>
  (match, depth) => ({ type, children: parseInline(match[group], depth + 1) });

/** @param {string} kind @returns {(match: RegExpExecArray) => Tree} */
const mention = (kind) => (match) => ({ type: 'mention', kind, id: match[1] });

/** Tried in order at every place of the text. @type {Rule[]} */
const RULES = [
  [/\\([^0-9A-Za-z\s])/y, (m) => ({ type: 'text', text: m[1] })],
  [/(``?)(?!`)([\s\S]*?[^`])\1(?!`)/y, (m) => ({ type: 'code', text: m[2].replace(/^ (.*) $/, '$1') })],
  [
    /<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y,
    (m) => ({ type: 'time', seconds: Number(m[1]), style: m[2] ?? 'f' }),
  ],
  [/<@!?(\d{1,20})>/y, mention('user')],
  [/<@&(\d{1,20})>/y, mention('role')],
  [/<#(\d{1,20})>/y, mention('channel')],
  [/<\/([\w -]{1,100}):\d{1,20}>/y, (m) => ({ type: 'mention', kind: 'command', text: m[1] })],
  [/<a?:(\w{2,32}):\d{1,20}>/y, (m) => ({ type: 'text', text: `:${m[1]}:` })],
  [
    /<(https?:\/\/[^\s<>]+)>/y,
    (m) => ({ type: 'link', url: m[1], children: [{ type: 'text', text: m[1] }] }),
  ],
  [
    /\[([^\]\n]{1,400})\]\(<?(https?:\/\/[^\s<>)]+)>?(?: "[^"\n]*")?\)/y,
    (m, depth) => ({ type: 'link', url: m[2], children: parseInline(m[1], depth + 1) }),
  ],
  [
    /https?:\/\/[^\s<>]*[^\s<>.,:;"')\]!?*_~|]/y,
    (m) => ({ type: 'link', url: m[0], children: [{ type: 'text', text: m[0] }] }),
  ],
  [/@(everyone|here)\b/y, (m) => ({ type: 'mention', kind: 'all', text: m[1] })],
  [/\|\|([\s\S]+?)\|\|/y, wrap('spoiler')],
  [
    /\*\*\*(\S[\s\S]*?)\*\*\*/y,
    (m, depth) => ({ type: 'bold', children: [{ type: 'italic', children: parseInline(m[1], depth + 2) }] }),
  ],
  [/\*\*([\s\S]+?)\*\*(?!\*)/y, wrap('bold')],
  [/__([\s\S]+?)__(?!_)/y, wrap('underline')],
  [/~~([\s\S]+?)~~/y, wrap('strike')],
  [/\*(?=\S)((?:\*\*[\s\S]+?\*\*|[^*])+?)(?<=\S)\*(?!\*)/y, wrap('italic')],
  [/_(?=\S)((?:__[\s\S]+?__|[^_])+?)(?<=\S)_(?![\w])/y, wrap('italic')],
];
const SPECIAL = /[\\`<[*_~|@h]/g; // every rule starts with one of these ('h' for http)

/** @param {string} source @param {number} [depth] @returns {Tree[]} */
export function parseInline(source, depth = 0) {
  if (depth > DEEPEST) return [{ type: 'text', text: source }];
  const trees = /** @type {Tree[]} */ ([]);
  let at = 0;
  while (at < source.length) {
    SPECIAL.lastIndex = at;
    const place = SPECIAL.exec(source)?.index ?? source.length;
    addText(trees, source.slice(at, place));
    at = place < source.length ? takeInline(source, place, depth, trees) : place;
  }
  return trees;
}

/** @param {string} source @param {number} at @param {number} depth @param {Tree[]} trees @returns {number} where to go on */
function takeInline(source, at, depth, trees) {
  for (const [pattern, build] of RULES) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (!match || isInsideWord(source, at)) continue;
    const end = pattern.lastIndex; // read before recursion moves it
    const tree = build(match, depth);
    if (tree.type === 'text') addText(trees, tree.text ?? '');
    else trees.push(tree);
    return end;
  }
  addText(trees, source[at]);
  return at + 1;
}

/** `snake_case` is not italic. @param {string} source @param {number} at */
const isInsideWord = (source, at) => source[at] === '_' && /\w/.test(source[at - 1] ?? '');

/** @param {Tree[]} trees @param {string} text */
function addText(trees, text) {
  if (!text) return;
  const last = trees.at(-1);
  if (last?.type === 'text') last.text += text;
  else trees.push({ type: 'text', text });
}

/** The same text without marks, for labels and previews. @param {string} source @returns {string} */
export function plainText(source) {
  return parseMarkdown(source).map(flatten).join(' ').replace(/\s+/g, ' ').trim();
}

/** @param {Tree} tree @returns {string} */
function flatten(tree) {
  if (tree.type === 'break') return ' ';
  if (tree.type === 'mention') return tree.kind === 'all' ? `@${tree.text}` : '';
  return tree.text ?? (tree.children ?? []).map(flatten).join('');
}

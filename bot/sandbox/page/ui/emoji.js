/** A small emoji picker: votes first, a search by name, arrow keys to walk. */

import { h } from './dom.js';
import { arrowKeys, popover } from './menu.js';

/** The three that count as votes by default come first. */
export const VOTES = ['👍', '❤️', '👎'];

const COLUMNS = 8;
const EMOJI = `👍 thumbs up yes good|❤️ heart love|👎 thumbs down no bad|🎉 party celebrate|😍 heart eyes love|😂 joy laugh|🤔 thinking hmm|🔥 fire hot
🎨 art palette paint|🖼️ picture frame|✨ sparkles|⭐ star|🌟 glowing star|👏 clap|🙌 hands raised|🙏 thanks please
👀 eyes look|💯 hundred|🚀 rocket|✅ check yes done|❌ cross no|❓ question|❗ exclamation|💡 idea bulb
😀 grin smile|😄 happy smile|😊 blush smile|😉 wink|😎 cool sunglasses|🥳 party face|😮 wow surprised|😢 cry sad
😭 sob cry|😅 sweat|😡 angry|🤯 mind blown|😴 sleep|🤖 robot bot|👻 ghost|💀 skull
🌈 rainbow|🌙 moon night|☀️ sun|❄️ snow|🌧️ rain|🌊 wave sea|🏔️ mountain|🌲 tree
🌸 blossom flower|🍂 autumn leaves|🏠 house home|🚗 car|⛵ boat|🐱 cat|🐶 dog|🦊 fox
🐦 bird|🐟 fish|🦋 butterfly|☕ coffee|🍕 pizza|🍎 apple|🎈 balloon|🏮 lantern`;

/** @returns {{emoji: string, words: string}[]} */
function catalogue() {
  return EMOJI.split(/[|\n]/).map((entry) => {
    const space = entry.indexOf(' ');
    return { emoji: entry.slice(0, space), words: entry.slice(space + 1) };
  });
}

/** @param {Element|{x: number, y: number}} anchor @param {(emoji: string) => void} onPick */
export function openEmojiPicker(anchor, onPick) {
  const grid = h('div', { class: 'emoji-grid', role: 'group', 'aria-label': 'Emoji' });
  const search = h('input', {
    type: 'search',
    class: 'field',
    placeholder: 'Find an emoji',
    'aria-label': 'Find an emoji',
  });
  const panel = h(
    'div',
    { class: 'emoji-picker', role: 'dialog', 'aria-label': 'Choose an emoji' },
    search,
    grid,
  );
  const pick = (/** @type {string} */ emoji) => {
    close();
    onPick(emoji);
  };
  const fill = () => {
    const wanted = search.value.trim().toLowerCase();
    const found = catalogue().filter(({ words, emoji }) => words.includes(wanted) || emoji === wanted);
    grid.replaceChildren(
      ...found.map(({ emoji, words }) =>
        h(
          'button',
          {
            type: 'button',
            class: 'emoji',
            'aria-label': `${emoji} ${words}`,
            title: words,
            dataset: { emoji },
            onclick: () => pick(emoji),
          },
          emoji,
        ),
      ),
    );
    if (!found.length) grid.append(h('p', { class: 'faint' }, 'None by that name.'));
  };
  search.addEventListener('input', fill);
  search.addEventListener('keydown', (event) => {
    const first = /** @type {HTMLElement|null} */ (grid.querySelector('button'));
    if (event.key === 'Enter' && first) {
      event.preventDefault();
      first.click();
    }
    if (event.key === 'ArrowDown' && first) {
      event.preventDefault();
      event.stopPropagation();
      first.focus();
    }
  });
  fill();
  const close = popover(anchor, panel);
  arrowKeys(grid, 'button', { columns: COLUMNS });
  search.focus();
}

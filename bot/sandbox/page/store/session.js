/** What a browser remembers: who this tab is, the theme, where each person has read to. */

const ME = 'diffchat.me';
const PLACE = 'diffchat.place';
const THEME = 'diffchat.theme';

/** Per tab, so that two tabs can be two people. @returns {string|null} */
export const savedMe = () => sessionStorage.getItem(ME);

/** @param {string|null} userId */
export function saveMe(userId) {
  if (userId) sessionStorage.setItem(ME, userId);
  else sessionStorage.removeItem(ME);
}

/** The channel this tab showed last. @returns {string|null} */
export const savedPlace = () => sessionStorage.getItem(PLACE);

/** @param {string} channelId */
export const savePlace = (channelId) => sessionStorage.setItem(PLACE, channelId);

/** @returns {'light'|'dark'|'system'} */
export function savedTheme() {
  const theme = localStorage.getItem(THEME);
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** @param {'light'|'dark'|'system'} theme */
export function applyTheme(theme) {
  localStorage.setItem(THEME, theme);
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** channel id -> the newest message id this person has seen. @param {string} userId @returns {Record<string, string>} */
export function savedReads(userId) {
  try {
    return JSON.parse(localStorage.getItem(`diffchat.read.${userId}`) ?? '{}');
  } catch {
    return {}; // an unreadable note only costs the unread marks
  }
}

/** @param {string} userId @param {Record<string, string>} reads */
export function saveReads(userId, reads) {
  localStorage.setItem(`diffchat.read.${userId}`, JSON.stringify(reads));
}

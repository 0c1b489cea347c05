// The page of `python -m training judge`: shows one pair after the other and sends what is answered.
// It never learns which method made which picture.

/**
 * @typedef {{id: string, source: string, instruction: string, left: string, right: string}} Question
 * @typedef {{done: number, total: number, undo: boolean, question: Question | null, ahead: string[]}} State
 */

const KEYS = /** @type {Record<string, string>} */ ({ 1: 'left', 2: 'right', t: 'tie', b: 'bad' });
const NAME = 'judge';

let judge = localStorage.getItem(NAME) ?? '';
/** @type {State | null} */
let state = null;
let began = 0;
let busy = false;

/** @template {HTMLElement} T @param {string} id @param {new () => T} kind @returns {T} */
function element(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

const answers = [...document.querySelectorAll('button')].filter((button) => button.dataset.verdict);
const undo = element('undo', HTMLButtonElement);
const images = { left: element('left', HTMLImageElement), right: element('right', HTMLImageElement) };

/** @param {string} id @param {string} text */
function say(id, text) {
  element(id, HTMLElement).textContent = text;
}

/** @param {string} id @param {boolean} shown */
function show(id, shown) {
  element(id, HTMLElement).hidden = !shown;
}

/**
 * Ask the server; a refusal or a lost server is said and the page stays as it is.
 * @param {string} path @param {object} [body] @returns {Promise<State | null>}
 */
async function ask(path, body) {
  const options = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
  try {
    const response = await fetch(path, body ? options : undefined);
    // 409: answered in another tab already; what comes with it is the next question
    if (!response.ok && response.status !== 409) throw new Error(await response.text());
    say('problem', '');
    return await response.json();
  } catch (error) {
    const why = error instanceof TypeError ? 'is `python -m training judge` still running?' : String(error);
    say('problem', `The server did not take this: ${why} Try again.`);
    return null;
  }
}

/** @param {HTMLImageElement} image @param {string} token */
async function load(image, token) {
  image.src = `/picture/${token}`;
  await image.decode();
}

async function draw() {
  const question = state?.question;
  show('enter', !judge);
  show('who', Boolean(judge));
  show('foot', Boolean(judge));
  show('compare', Boolean(question));
  show('finished', Boolean(judge) && state !== null && !question);
  for (const button of answers) button.disabled = true;
  if (!state || !judge) return;
  say('name', judge);
  const bar = element('bar', HTMLProgressElement);
  bar.max = state.total;
  bar.value = state.done;
  undo.disabled = !state.undo;
  say('count', `${state.done} of ${state.total} answered`);
  if (!question) {
    element('thanks', HTMLElement).focus();
    return;
  }
  say('was', question.instruction ? 'There was' : 'Asked for');
  say('source', question.source);
  say('instruction', question.instruction);
  show('asked', Boolean(question.instruction));
  try {
    await Promise.all([load(images.left, question.left), load(images.right, question.right)]);
  } catch {
    if (question === state?.question) say('problem', 'A picture could not be shown: reload the page.');
    return;
  }
  if (question !== state?.question) return;
  // only now may it be answered: nobody judges a picture that they have not seen
  for (const button of answers) button.disabled = false;
  began = performance.now();
  const asked = question.instruction || question.source;
  say('live', `Pair ${state.done + 1} of ${state.total}. Asked for: ${asked}`);
  for (const token of state.ahead) new Image().src = `/picture/${token}`;
}

/** @param {() => Promise<State | null>} step */
async function next(step) {
  if (busy) return;
  busy = true;
  const told = await step();
  busy = false;
  if (!told) return;
  state = told;
  await draw();
}

/** @param {string} verdict */
function answer(verdict) {
  const question = state?.question;
  if (!question || answers.every((button) => button.disabled)) return;
  const seconds = (performance.now() - began) / 1000;
  next(() => ask('/answer', { judge, question: question.id, verdict, seconds }));
}

function takeBack() {
  if (!undo.disabled) next(() => ask('/undo', { judge }));
}

function enter() {
  next(() => ask(`/state?judge=${encodeURIComponent(judge)}`));
}

for (const button of answers) button.addEventListener('click', () => answer(button.dataset.verdict ?? ''));
undo.addEventListener('click', takeBack);

element('enter', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  judge = element('judge', HTMLInputElement).value.trim();
  if (!judge) return;
  localStorage.setItem(NAME, judge);
  enter();
});

element('leave', HTMLButtonElement).addEventListener('click', () => {
  judge = '';
  state = null;
  localStorage.removeItem(NAME);
  draw();
  element('judge', HTMLInputElement).focus();
});

document.addEventListener('keydown', (event) => {
  // a held key would answer pairs that nobody looked at
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof HTMLInputElement) return;
  const key = event.key.toLowerCase();
  if (KEYS[key]) answer(KEYS[key]);
  else if (key === 'u') takeBack();
});

if (judge) enter();
else draw();

/** Sends interactions (commands, buttons, selects, modals, autocomplete) and pairs each with its outcome. */

/** @typedef {import('./types.js').ServerEvent} ServerEvent */
/** @typedef {{ok: boolean, message?: string, modal?: import('./types.js').Modal,
 *   choices?: import('./types.js').Choice[]}} Outcome */

const GIVE_UP_MS = 6000; // the sandbox tells a failure after 3 s; longer than that, the stream was cut
const NO_ANSWER = 'The application did not respond';

export class Interactions {
  /** @type {Map<string, (outcome: Outcome) => void>} */
  #waiting = new Map();
  /** Outcomes that overtook the reply to their own POST. @type {Map<string, Outcome>} */
  #early = new Map();

  /** @param {import('./api.js').Api} api */
  constructor(api) {
    this.api = api;
  }

  /**
   * @param {object} body the interaction as the client API takes it
   * @param {File[]} files
   * @returns {Promise<Outcome>} never rejects: a refusal is an outcome too
   */
  async send(body, files = []) {
    let id;
    try {
      ({ id } = await this.api.interact(body, files));
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : String(error) };
    }
    return this.#outcome(id);
  }

  /** Takes the events that are outcomes. @param {ServerEvent} event @returns {boolean} whether it was one */
  take(event) {
    const found = outcomeOf(event);
    if (!found) return false;
    const [id, outcome] = found;
    const resolve = this.#waiting.get(id);
    if (resolve) resolve(outcome);
    else this.#remember(id, outcome);
    return true;
  }

  /** @param {string} id @returns {Promise<Outcome>} */
  #outcome(id) {
    const early = this.#early.get(id);
    this.#early.delete(id);
    if (early) return Promise.resolve(early);
    return new Promise((resolve) => {
      const timer = setTimeout(() => done({ ok: false, message: NO_ANSWER }), GIVE_UP_MS);
      const done = (/** @type {Outcome} */ outcome) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(outcome);
      };
      this.#waiting.set(id, done);
    });
  }

  /** @param {string} id @param {Outcome} outcome */
  #remember(id, outcome) {
    this.#early.set(id, outcome);
    if (this.#early.size > 50) this.#early.delete(this.#early.keys().next().value ?? '');
  }
}

/** The interaction's id and outcome, if the event is one. @param {ServerEvent} event @returns {[string, Outcome]|null} */
function outcomeOf({ t, d }) {
  switch (t) {
    case 'INTERACTION_SUCCESS':
      return [d.id, { ok: true }];
    case 'INTERACTION_FAILURE':
      return [d.id, { ok: false, message: d.message || NO_ANSWER }];
    case 'INTERACTION_AUTOCOMPLETE':
      return [d.id, { ok: true, choices: d.choices ?? [] }];
    case 'INTERACTION_MODAL':
      return [d.id, { ok: true, modal: d.modal }];
    default:
      return null;
  }
}

/** Presses: while a pointer is down, nothing may move from under it. */

const LONGEST_MS = 700; // who holds longer selects text, and the page goes on

let began = -LONGEST_MS;

/** Notes presses from now on. */
export function watchPresses() {
  const end = () => {
    began = -LONGEST_MS;
  };
  addEventListener(
    'pointerdown',
    () => {
      began = performance.now();
    },
    true,
  );
  for (const name of ['pointerup', 'pointercancel']) addEventListener(name, end, true);
}

/** Whether a press is under way, so that drawing should wait. */
export const isPressing = () => performance.now() - began < LONGEST_MS;

/**
 * Small pictures shown large. Browsers stretch with bilinear filtering, which leaves stair steps; a picture is
 * redrawn once with the browser's best resampling, at the screen's own resolution, over the original.
 */

import { h } from './dom.js';

const WORTH_IT = 1.25; // enlarged less than this, nobody sees a difference
const LARGEST = 2048;

/** @param {HTMLImageElement} image loaded or loading, inside a positioned box @param {number} width as shown, CSS pixels */
export async function upscale(image, width) {
  const address = image.src;
  try {
    await image.decode();
  } catch {
    return; // a broken picture is told by its own error event
  }
  const wanted = Math.min(LARGEST, Math.round(width * devicePixelRatio));
  const { naturalWidth, naturalHeight } = image;
  if (!naturalWidth || wanted < naturalWidth * WORTH_IT) return;
  const resizeHeight = Math.round((wanted * naturalHeight) / naturalWidth);
  const bitmap = await createImageBitmap(image, { resizeWidth: wanted, resizeHeight, resizeQuality: 'high' });
  if (image.src !== address) return; // another picture took its place meanwhile
  const canvas = h('canvas', {
    class: 'upscaled',
    'aria-hidden': 'true',
    width: wanted,
    height: resizeHeight,
  });
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
  image.parentElement?.querySelector('.upscaled')?.remove();
  image.after(canvas);
}

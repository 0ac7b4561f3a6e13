/** Smaller ones may be parts of what Node shares among many, and are not worth it. */
const LEAST_BYTES = 16 * 1024;

/**
 * Gives the memory behind bytes back, which nobody may use any more: they are empty from then on. Garbage collection looks at objects, and
 * behind a small old one that it does not look at for minutes there can be megabytes. What is taken away from the old object belongs to a young one,
 * which the next look finds.
 */
export function letGo({ buffer, byteLength }: Uint8Array): void {
  if (!(buffer instanceof ArrayBuffer) || byteLength < buffer.byteLength || byteLength < LEAST_BYTES) return;
  structuredClone(buffer, { transfer: [buffer] });
}

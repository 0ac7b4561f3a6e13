import { expect, it } from 'vitest';
import { printable } from '../../models/printable.ts';

it('keeps short printable text of any script as it is', () => {
  expect(printable('Łódź 東京 😀', 40)).toBe('Łódź 東京 😀');
});

it('cuts text by characters, not in the middle of one, and marks the cut', () => {
  expect(printable('😀😀😀', 3)).toBe('😀😀😀');
  expect(printable('😀😀😀😀', 3)).toBe('😀😀…');
});

it('replaces what breaks lines or turns the direction of text', () => {
  expect(printable('a\nb\0c\u202ed\u2028e\ud800f', 40)).toBe('a?b?c?d?e?f');
});

import { expect, it } from 'vitest';
import { formatMoney, formatQuantity, formatRate } from '../../models/number-text.ts';

it.each([
  [0, '0.00'],
  [1.005, '1.01'], // half-up, as people read 1.005
  [2.675, '2.68'],
  [1234567.891, '1,234,567.89'],
  [0.01, '0.01'],
  [0.00999, '0.01'],
  [0.000004, '0.000004'], // never 0.00
  [-0.0012345, '-0.0012'],
  [-2.5, '-2.50'],
])('writes %d as money: %s', (amount, text) => {
  expect(formatMoney(amount)).toBe(text);
});

it.each([
  [0, '0'],
  [1234.56, '1,234.6'],
  [120, '120'],
  [0.25, '0.3'],
  [0.04567, '0.046'],
  [0.000001, '0.000001'],
])('writes %d as a quantity: %s', (amount, text) => {
  expect(formatQuantity(amount)).toBe(text);
});

it.each([
  [0, '0.00'],
  [1120, '1,120.00'],
  [12.345, '12.35'],
  [9.4, '9.40'],
  [1.275, '1.275'], // a contact
  [0.98, '0.98'],
  [0.81234, '0.8123'],
  [0.001234, '0.001234'],
])('writes %d as a rate: %s', (amount, text) => {
  expect(formatRate(amount)).toBe(text);
});

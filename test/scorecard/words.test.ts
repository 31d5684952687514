/** Values with their units, as people of a language read them. */
import { expect, test } from 'vitest';
import { inWords, unitInWords } from '../../runtime/faces/words/numbers.ts';

const number = (unit: string | null) => ({ type: 'decimal', unit }) as const;

test.each<[value: string, unit: string | null, en: string, es: string]>([
  ['5.25', null, '5.25', '5,25'],
  ['0.125', 'percent', '12.5%', '12,5 %'],
  ['3', 'days', '3 days', '3 días'],
  ['5.2', 'EUR / days', '5.2 EUR / days', '5,2 EUR / días'],
  ['5.2', 'EUR / hours^2', '5.2 EUR / hours^2', '5,2 EUR / horas^2'],
  ['7', '1 / quarters', '7 1 / quarters', '7 1 / trimestres'],
  ['12', 'seats', '12 seats', '12 seats'],
])('%s %s', (value, unit, en, es) => {
  const said = (language: 'en' | 'es') => inWords(value, number(unit), language).replaceAll('\u00a0', ' ');
  expect([said('en'), said('es')]).toEqual([en, es]);
});

test('the words of a unit by itself', () => {
  expect(['percent', 'EUR / days', 'seats * weeks'].map(unit => unitInWords(unit, 'es'))).toEqual([
    'porcentaje',
    'EUR / días',
    'seats * semanas',
  ]);
});

/** Units and types in the words of tables: `decimal EUR days^-1`, with `?` for unspecified, `1` for none and `currency(c)` for mixed. */
import type { ExpressionType, Typed, Unit } from '../../compiler/index.ts';

export function unitOf(text: string): Unit {
  if (text === '?') return { kind: 'unspecified' };
  const column = /^currency\((\w+)\)$/.exec(text)?.[1];
  if (column !== undefined) return { kind: 'mixed', currencyColumn: column };
  const factors = text.split(' ').flatMap(factor => {
    const [name = '', power = '1'] = factor.split('^');
    return name === '1' ? [] : [[name, Number(power)] as const];
  });
  return { kind: 'known', factors: Object.fromEntries(factors) };
}

/** The same words for a unit, its factors in the order of their names. */
export function unitWords(unit: Unit): string {
  if (unit.kind === 'unspecified') return '?';
  if (unit.kind === 'mixed') return `currency(${unit.currencyColumn})`;
  const factors = Object.entries(unit.factors).sort(([a], [b]) => (a < b ? -1 : 1));
  return factors.length === 0
    ? '1'
    : factors.map(([name, power]) => (power === 1 ? name : `${name}^${power}`)).join(' ');
}

const types: readonly ExpressionType[] = [
  ...(['boolean', 'string', 'integer', 'decimal', 'float'] as const),
  ...(['date', 'timestamp', 'duration', 'null', 'unknown'] as const),
];

/** `decimal EUR`, or a type alone, whose unit is then unspecified. */
export function typedOf(text: string): Typed {
  const [word = '', ...unit] = text.split(' ');
  const type = types.find(each => each === word);
  if (type === undefined) throw new Error(`${word} is not a type`);
  return { type, unit: unitOf(unit.length === 0 ? '?' : unit.join(' ')) };
}

export function typedWords({ type, unit }: Typed): string {
  return unit.kind === 'unspecified' ? type : `${type} ${unitWords(unit)}`;
}

/** How values come to one type and one unit when they are added, compared or offered as alternatives. */
import { type Diagnostic, typeClash, unitClash } from '../diagnostics/index.ts';
import { type ExpressionType, type FunctionName, type Typed, type Unit, unspecified } from '../model.ts';
import type { Span } from '../source.ts';
import { isNone, type Meeting, meet, unitText } from './units.ts';

/** What must be done to an argument before the function may have it. */
export interface Adaptation {
  readonly scale: number;
  readonly toDay: boolean;
}

export interface Outcome extends Typed {
  readonly adaptations: readonly Adaptation[];
}

/** Where a call stands, for its findings. */
export interface Site {
  readonly whole: Span;
  readonly parts: readonly Span[];
  readonly report: (diagnostic: Diagnostic) => void;
}

export const asIs: Adaptation = { scale: 1, toDay: false };
export const unknown: Outcome = { type: 'unknown', unit: unspecified, adaptations: [] };

export function isNumber(type: ExpressionType): boolean {
  return type === 'integer' || type === 'decimal' || type === 'float';
}

export function isMoment(type: ExpressionType): boolean {
  return type === 'date' || type === 'timestamp';
}

/** A type with its article: `a whole number`. */
export function typeText(type: ExpressionType): string {
  switch (type) {
    case 'integer':
      return 'a whole number';
    case 'decimal':
      return 'a decimal number';
    case 'float':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'string':
      return 'text';
    case 'date':
      return 'a date';
    case 'timestamp':
      return 'a timestamp';
    case 'duration':
      return 'a duration';
    case 'null':
      return 'null';
    case 'unknown':
      return 'unknown';
  }
}

/** A value in words, for a finding: its unit where that tells more than its type. */
export function valueText(operand: Typed): string {
  if (operand.type === 'duration') return unitText(operand.unit);
  if (isNumber(operand.type) && operand.unit.kind === 'known') {
    return isNone(operand.unit) ? 'a plain number' : unitText(operand.unit);
  }
  return typeText(operand.type);
}

export function plain(type: ExpressionType, unit: Unit, operands: readonly Typed[]): Outcome {
  return { type, unit, adaptations: operands.map(() => asIs) };
}

export function part(site: Site, index: number): Span {
  return site.parts[index] ?? site.whole;
}

/** The wider of two number types; `null` takes the other. */
export function commonType(left: ExpressionType, right: ExpressionType): ExpressionType | null {
  if (left === right || right === 'null') return left;
  if (left === 'null') return right;
  if (isNumber(left) && isNumber(right)) {
    if (left === 'float' || right === 'float') return 'float';
    return 'decimal';
  }
  return null;
}

const verbs: Partial<Readonly<Record<FunctionName, string>>> = {
  add: 'add',
  subtract: 'subtract',
  multiply: 'multiply',
  divide: 'divide',
  modulo: 'divide',
  coalesce: 'choose between',
  case: 'choose between',
  greatest: 'compare',
  least: 'compare',
};

export function verbOf(name: FunctionName): string {
  return verbs[name] ?? 'compare';
}

/**
 * Brings values to one type and unit; null when they do not meet, which has been reported.
 * Durations meet times, and a date meets a timestamp as that day in the project's zone.
 */
export function unify(operands: readonly Typed[], site: Site, name: FunctionName, from = 0): Outcome | null {
  let type: ExpressionType = 'null';
  let unit: Unit = unspecified;
  const scales: number[] = [];
  for (const [index, operand] of operands.entries()) {
    const other = asNumber(operand);
    const common: ExpressionType | null = commonMoment(type, other.type) ?? commonType(type, other.type);
    if (common === null) {
      site.report(
        typeClash(part(site, from + index), {
          verb: verbOf(name),
          left: typeText(type),
          right: typeText(other.type),
          help: quoteHint(type, operand),
        }),
      );
      return null;
    }
    if (isNumber(other.type)) {
      const meeting: Meeting | null =
        type === 'null' ? { unit: other.unit, leftScale: 1, rightScale: 1 } : meet(unit, other.unit);
      if (meeting === null) {
        reportUnits(operands, unit, operand, site, from + index, name);
        return null;
      }
      for (const earlier of scales.keys()) scales[earlier] = (scales[earlier] ?? 1) * meeting.leftScale;
      scales.push(meeting.rightScale);
      unit = meeting.unit;
    } else {
      scales.push(1);
    }
    type = common;
  }
  const adaptations = operands.map((operand, index) => ({
    scale: scales[index] ?? 1,
    toDay: type === 'date' && operand.type === 'timestamp',
  }));
  return { type, unit, adaptations };
}

function reportUnits(
  operands: readonly Typed[],
  unit: Unit,
  operand: Typed,
  site: Site,
  index: number,
  name: FunctionName,
): void {
  const left = valueText({ type: operands[0]?.type ?? 'float', unit });
  site.report(unitClash(part(site, index), { verb: verbOf(name), left, right: valueText(operand) }));
}

/** `30 days` is a number of days, except where it moves a date. */
export function asNumber(operand: Typed): Typed {
  return operand.type === 'duration' ? { type: 'integer', unit: operand.unit } : operand;
}

function commonMoment(left: ExpressionType, right: ExpressionType): ExpressionType | null {
  return isMoment(left) && isMoment(right) && left !== right ? 'date' : null;
}

export function quoteHint(type: ExpressionType, operand: Typed): string | undefined {
  if (isMoment(type) && operand.type === 'string') return 'dates stand without quotes: 2026-03-05';
  return type === 'string' && isMoment(operand.type) ? 'dates stand without quotes: 2026-03-05' : undefined;
}

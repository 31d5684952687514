/** A goal held against the history of its metric, as sentences. */
import type { Goal } from '../../../../compiler/index.ts';
import type { Realism, Step } from '../../../index.ts';

export function realismText({ name, metric, grain }: Goal, realism: Realism): string {
  const { bucket, target, periods, reached, best, fromBefore, fromYearBefore } = realism;
  const unit = grain.replace('_', ' ');
  const lines = [
    `${name}: ${numberText(target)} in the ${unit} of ${bucket}`,
    periods === 0
      ? `\`${metric}\` has no history of whole periods`
      : `\`${metric}\` reached it in ${reached} of ${countText(periods, unit)}${best === null ? '' : `; the best was ${numberText(best.value)}, in that of ${best.bucket}`}`,
    ...stepText(`the ${unit} before`, fromBefore),
    ...stepText(`the same ${unit} a year before`, grain.endsWith('year') ? null : fromYearBefore),
  ];
  return `${lines.join('\n  ')}\n`;
}

function stepText(what: string, step: Step | null): readonly string[] {
  if (step === null) return [];
  const { from, needed, made, of } = step;
  const change =
    needed === 0 ? 'no change' : `${needed > 0 ? 'a rise' : 'a fall'} of ${Math.abs(needed * 100).toFixed(1)} %`;
  const often = of === 0 ? 'for which there is no history' : `made in ${made} of ${of} such steps`;
  return [`from ${what} (${numberText(from)}) that is ${change}, ${often}`];
}

function countText(count: number, unit: string): string {
  const many = unit.endsWith('half') ? unit.replace('half', 'halves') : `${unit}s`;
  return `${count} ${count === 1 ? unit : many}`;
}

function numberText(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 4 });
}

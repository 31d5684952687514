/** Forms that look beyond their own cell: `total`, `share` and `rank`, across or within dimensions. */
import { isGrain } from '../calendar/index.ts';
import { argumentCount, wrongArgument } from '../diagnostics/index.ts';
import type { CallExpression, CallScope } from '../formula/index.ts';
import { errorNode, type MetricExpression, noUnit, type TotalScope } from '../model.ts';
import type { MetricContext } from './context.ts';
import { bindDimension, isLacking, tablesAskedBy } from './dimension.ts';
import { build, type Level, resolveExpression } from './expression.ts';
import type { TotalForm } from './forms.ts';
import { isNumber, typeText } from './meeting.ts';

export function resolveTotal(
  call: CallExpression,
  form: TotalForm,
  level: Level<MetricExpression>,
  context: MetricContext,
): MetricExpression {
  const { locate, report } = context;
  const [written, ...others] = call.arguments;
  if (written === undefined || others.length > 0 || call.distinct) {
    const found = call.arguments.length;
    report(argumentCount(locate(call.at), { name: form, expected: 'one expression', found }));
    return errorNode;
  }
  if (call.scope?.kind === 'per') {
    const found = '`per`';
    report(wrongArgument(locate(call.scope.at), { what: `\`${form}\``, expected: '`across` or `within`', found }));
    return errorNode;
  }
  const operand = resolveExpression(written, level);
  if (operand.type === 'unknown') return errorNode;
  if ((form === 'share' && !isNumber(operand.type)) || operand.type === 'boolean') {
    const found = typeText(operand.type);
    report(wrongArgument(locate(written.at), { what: `\`${form}\``, expected: 'a number', found }));
    return errorNode;
  }
  const scope = call.scope === null ? null : resolveScope(call.scope, operand, context);
  if (call.scope !== null && scope === null) return errorNode;
  if (form === 'rank') return { kind: 'rank', operand, scope, type: 'integer', unit: noUnit };
  const total: MetricExpression = { kind: 'total', operand, scope, type: operand.type, unit: operand.unit };
  return form === 'total' ? total : build('divide', [operand, total], [written.at, written.at], call.at, level);
}

function resolveScope(written: CallScope, operand: MetricExpression, context: MetricContext): TotalScope | null {
  const { scope, locate, report } = context;
  const asker = { subject: () => context.subject, verb: 'grouped', locate, report } as const;
  const times: TotalScope['times'][number][] = [];
  const dimensions: TotalScope['dimensions'][number][] = [];
  let isBroken = false;
  for (const { path, every } of written.dimensions) {
    const name = path.words.map(word => word.text).join('.');
    if (every) {
      report(
        wrongArgument(locate(path.at), { what: `\`${written.kind}\``, expected: 'a dimension', found: '`every`' }),
      );
      isBroken = true;
    } else if (name === 'time' || isGrain(name)) times.push(name);
    else {
      // What no row of the operand has, and others do, neither is taken away nor kept: the value is spread over it.
      if (isLacking(path, operand, scope, context)) continue;
      const tables = tablesAskedBy(path, [operand], scope, context);
      const dimension = bindDimension(name, path, tables, scope, asker);
      if (dimension === null) isBroken = true;
      else dimensions.push(dimension);
    }
  }
  return isBroken || written.kind === 'per' ? null : { kind: written.kind, dimensions, times };
}

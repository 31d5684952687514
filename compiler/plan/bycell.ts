/** Values that the compiler knows of each cell: one constant where there is one interval, or one for each bucket. */
import type { Bounds } from '../calendar/index.ts';
import type { ExpressionType } from '../model.ts';
import type { Frame } from './frame.ts';
import type { Scalar } from './plan.ts';
import { call, column, constant, every, isAlike, nothing } from './scalar.ts';
import { cellsOf, cutsOf, type Times } from './times.ts';

/** Nothing where the cells cannot be listed, which is refused elsewhere. */
export function byCell(
  times: Times,
  type: ExpressionType,
  scalarOf: (cell: Bounds) => Scalar,
  { clock, today }: Pick<Frame, 'clock' | 'today'>,
): Scalar {
  const cells = cellsOf(times, { calendar: clock.calendar, today });
  if (typeof cells === 'string') return nothing;
  const cuts = cutsOf(times);
  if (cuts.length === 0) return scalarOf(cells[0] ?? { from: null, until: null });
  const values = cells.map(scalarOf);
  const [first] = values;
  if (first === undefined) return nothing;
  if (type !== 'date' && values.every(value => isAlike(value, first))) return first;
  const steps = cells.flatMap(({ labels }, index) => {
    const isIt = every(
      cuts.map(({ key }, place) =>
        call('equal', 'boolean', column(key, 'date'), constant('date', clock.startOf(labels[place] ?? 0, 'date'))),
      ),
    );
    return [isIt, values[index] ?? nothing];
  });
  return call('case', type, ...steps, nothing);
}

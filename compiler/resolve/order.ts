/** The order of an answer: the texts that ask for it and the columns that there are in, columns and directions out. */
import { badOrder, didYouMean, nearest, oneOf, type Report } from '../diagnostics/index.ts';
import { itemSpan } from './query.ts';

export interface BoundOrder {
  readonly column: string;
  readonly isDescending: boolean;
}

export function bindOrder(order: readonly string[], columns: readonly string[], report: Report): readonly BoundOrder[] {
  return order.flatMap((text, index) => {
    const [, column = '', direction = ''] = /^(.*?)(?:\s+(asc|desc))?$/is.exec(text.trim()) ?? [];
    if (columns.includes(column)) return [{ column, isDescending: direction.toLowerCase() === 'desc' }];
    report(
      badOrder(itemSpan('order', order, index, [0, column.length]), {
        name: column,
        help: cure(column, columns),
      }),
    );
    return [];
  });
}

function cure(column: string, columns: readonly string[]): string {
  const first = column.split(/\s+/)[0] ?? '';
  if (columns.includes(first)) return `write ${oneOf([`${first} desc`, `${first} asc`])}`;
  return didYouMean(nearest(column, columns)) ?? `its columns are ${columns.join(', ')}`;
}

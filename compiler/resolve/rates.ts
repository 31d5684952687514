/** Rates between currencies: what the project says of them, held against the table that has them. */
import { didYouMean, nearest, type Report, ratesTable, unknownName } from '../diagnostics/index.ts';
import { type ProjectDeclaration, spanOf, type Word } from '../document/index.ts';
import type { ExpressionType } from '../model.ts';
import { own } from '../record.ts';
import { isNumber, typeText } from './meeting.ts';
import { declaredTables } from './paths.ts';
import type { Scope } from './scope.ts';

export function checkRates(project: ProjectDeclaration | null, scope: Scope, report: Report): void {
  const rates = project?.rates ?? null;
  if (project === null || rates === null) return;
  const table = own(scope.graph, rates.table.text);
  const at = (word: Word) => spanOf(project.file, word.at);
  if (table === undefined) {
    const help = didYouMean(
      nearest(
        rates.table.text,
        declaredTables(scope.graph).map(each => each.name),
      ),
    );
    report(unknownName(at(rates.table), { name: rates.table.text, kind: 'table', help }));
    return;
  }
  const check = (word: Word, expected: string, fits: (type: ExpressionType) => boolean) => {
    const column = scope.column(table.name, word.text);
    if (own(table.columns, word.text) === undefined) {
      const help = didYouMean(nearest(word.text, Object.keys(table.columns)));
      report(unknownName(at(word), { name: word.text, kind: 'column', of: table.name, help }));
    } else if (column !== null && !fits(column.type)) {
      const detail = `\`${table.name}.${word.text}\` is ${typeText(column.type)}, and rates need ${expected} there`;
      report(ratesTable(at(word), { detail }));
    }
  };
  check(rates.from, 'the code of a currency', type => type === 'string');
  check(rates.to, 'the code of a currency', type => type === 'string');
  check(rates.rate, 'a number', isNumber);
  check(rates.on, 'a date', type => type === 'date');
  const isUnknown = [rates.from, rates.to, rates.rate, rates.on].some(
    ({ text }) => own(table.columns, text) === undefined,
  );
  if (isUnknown) return;
  if (scope.valid(table.name) !== null) {
    report(ratesTable(at(rates.table), { detail: `\`${table.name}\` has several versions of each row` }));
    return;
  }
  const known = [rates.from, rates.to, rates.on].map(word => word.text);
  const other = table.key.find(column => !known.includes(column));
  if (other === undefined) return;
  const detail = `the key of \`${table.name}\` has \`${other}\`, so that one pair of currencies may have several rates on one day`;
  report(ratesTable(at(rates.table), { detail }));
}

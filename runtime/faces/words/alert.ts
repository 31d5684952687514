/** What an alert says of a group in which it fires. */
import { type Alert, type Model, own, placeholder } from '../../../compiler/index.ts';
import type { Cell, FiringGroup } from '../../index.ts';
import type { Language } from './language.ts';
import { inWords } from './numbers.ts';
import { inLanguage, nameInWords } from './text.ts';

/** The alert's message, its names replaced; without one, the group and what its condition names. */
export function messageOf(
  alert: Alert,
  { group, bucket, values }: FiringGroup,
  metrics: Model['metrics'],
  language: Language,
): string {
  const texts = Object.entries(alert.message ?? {}).map(([key, text]) => [key, text.text] as const);
  const template = inLanguage(alert.message === null ? null : Object.fromEntries(texts), language);
  const cells = new Map(
    [...values, ...(bucket === null ? [] : [bucket]), ...group].map(cell => [cell.column.name, cell] as const),
  );
  const said = ({ column, value }: Cell) => inWords(value, column, language);
  if (template !== null) {
    return template.replace(placeholder, (written, name: string) => {
      const cell = cells.get(name.trim());
      return cell === undefined ? written : said(cell);
    });
  }
  const where = group.map(said).join(', ');
  const what = values.map(cell => `${metricTitle(cell.column.name, metrics, language)} ${said(cell)}`).join(', ');
  return [where, what].filter(text => text !== '').join(': ');
}

export function alertTitle(alert: Alert, language: Language): string {
  return inLanguage(alert.label, language) ?? nameInWords(alert.name);
}

function metricTitle(name: string, metrics: Model['metrics'], language: Language): string {
  return inLanguage(own(metrics, name)?.label ?? null, language) ?? nameInWords(name);
}

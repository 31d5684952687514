/** Texts of a project in one language. */
import { type Labels, own, printable } from '../../../compiler/index.ts';
import type { Language } from './language.ts';

/** A text in the language, else in English, else in whichever there is. */
export function inLanguage(labels: Labels | null, language: Language): string | null {
  if (labels === null) return null;
  const text = own(labels, language) ?? own(labels, 'en') ?? Object.values(labels)[0];
  return text === undefined || text.trim() === '' ? null : printable(text.trim().replace(/\s+/g, ' '));
}

/** A name for people, where a definition has no label: `won_revenue` as `Won revenue`. */
export function nameInWords(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Frozen values as files: the freezes of a project's baselines read and held against their digests and against what metrics mean now. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  changedFreeze,
  type Diagnostic,
  type Document,
  type Freeze,
  type Model,
  meaningChanged,
  readFreezes,
  type Source,
} from '../compiler/index.ts';
import { digest as digestOf, meaningHash } from './meaning.ts';

/** Where the frozen values of a baseline stand, from the project's folder. */
export function freezeFile(name: string): string {
  return `baselines/${name}.jsonl`;
}

/** The files of the baselines that are declared, and what is wrong with them. */
export function readFrozen(folder: string, documents: readonly Document[], diagnostics: Diagnostic[]) {
  const names = documents.flatMap(document => document.baselines.map(({ name }) => name.text));
  const sources: Source[] = [];
  const freezes: Freeze[] = [];
  const unread = new Set<string>();
  for (const name of new Set(names)) {
    const file = freezeFile(name);
    const full = path.join(folder, file);
    if (!existsSync(full)) continue;
    const source = { path: file, text: readFileSync(full, 'utf8') };
    sources.push(source);
    for (const { freeze: found, text: lines, digest, line } of readFreezes(source, each => {
      unread.add(name);
      diagnostics.push(each);
    })) {
      const start = source.text.split('\n', line - 1).join('\n').length + (line > 1 ? 1 : 0);
      const span = { file, start, end: start + 1 };
      if (digestOf(lines) === digest) freezes.push(found);
      else {
        unread.add(name);
        diagnostics.push(changedFreeze(span, { file, line, frozenAt: found.frozenAt }));
      }
    }
  }
  return { sources, freezes, unread };
}

/** Baselines whose metric means something else than when it was frozen. */
export function changedMeanings(model: Model): readonly Diagnostic[] {
  return Object.values(model.baselines).flatMap(({ name, metric, frozen, at }) => {
    if (frozen === null || meaningHash(model, metric) === frozen.meaning) return [];
    const said = { name, metric, frozenAt: frozen.on, formula: frozen.formula };
    return [meaningChanged(at, said, { path: `baselines.${name}` })];
  });
}

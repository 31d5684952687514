/** One of the two that are compared: a Model and what its documents declare, sound or not. */
import type { Document, ItemDeclaration } from '../document/index.ts';
import type { Model, ScorecardItem } from '../model.ts';

export interface Side {
  readonly model: Model;
  /** All that is declared, by path: what is missing in the model may only be broken. */
  readonly declared: ReadonlySet<string>;
  /** What scorecards are declared to ask, by role and in words. */
  readonly items: ReadonlySet<string>;
  readonly isSound: boolean;
  readonly tests: readonly { readonly name: string; readonly metrics: readonly string[] }[];
}

export function sideOf({ model, isSound }: Pick<Side, 'model' | 'isSound'>, documents: readonly Document[]): Side {
  return {
    model,
    declared: new Set(documents.flatMap(declaredIn)),
    items: new Set(
      documents.flatMap(({ roles }) =>
        roles.flatMap(({ name, scorecard }) =>
          scorecard.flatMap(section => section.items.map(item => itemKey(name.text, declaredText(item)))),
        ),
      ),
    ),
    isSound,
    tests: documents.flatMap(({ tests }) =>
      tests.map(({ name, question }) => ({
        name: name.text,
        metrics: (question?.metrics ?? []).map(({ text }) => text.trim()),
      })),
    ),
  };
}

function declaredIn({ tables, metrics, goals, baselines, roles, alerts }: Document): readonly string[] {
  const kinds = { tables, metrics, goals, baselines, roles, alerts };
  return Object.entries(kinds).flatMap(([kind, declared]) => declared.map(({ name }) => `${kind}.${name.text}`));
}

export function itemKey(role: string, text: string): string {
  return `${role}: ${text}`;
}

/** What an item asks, without where it stands. */
export function itemText(item: ScorecardItem): string {
  const { metric, goal, trend, top, bottom } = item;
  return asked(goal?.text ?? metric.text, item, [trend?.text.text, top, bottom]);
}

function declaredText(item: ItemDeclaration): string {
  const { metric, goal, trend, top, bottom } = item;
  return asked((goal ?? metric)?.text ?? '', item, [trend?.text, top?.count, bottom?.count]);
}

type Counts = readonly [trend: string | undefined, top: number | null | undefined, bottom: number | null | undefined];

function asked(
  name: string,
  { by, period, where, compare }: Pick<ItemDeclaration, 'by' | 'period' | 'where' | 'compare'>,
  [trend, top, bottom]: Counts,
): string {
  const texts = (each: typeof by) => (each.length === 0 ? null : each.map(({ text }) => text.trim()).join(', '));
  const parts = Object.entries({
    by: texts(by),
    period: period?.text,
    where: where?.text,
    compare: texts(compare),
    ...{ trend, top, bottom },
  });
  const said = parts.flatMap(([key, text]) => (text === null || text === undefined ? [] : [`${key} ${text}`]));
  return [name, ...said].join('; ');
}

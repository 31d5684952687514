/** Who names which metric: metrics in formulas, goals, baselines, scorecards and alerts, each with the place of the very word. */
import { spanOf, spanWithin, type Text } from '../document/index.ts';
import { parseFormula } from '../formula/index.ts';
import { own } from '../record.ts';
import { pathsOf, referencesOf } from '../resolve/index.ts';
import type { Span } from '../source.ts';
import type { Project, Subject, Use } from './rule.ts';

export function usesOf({ documents, model }: Project, subjects: readonly Subject[]): readonly Use[] {
  const byPath = new Map(subjects.map(subject => [subject.path, subject]));
  const uses: Use[] = [];
  const add = (path: string, metric: string, words: string, at: () => Span, key: string) => {
    const user = byPath.get(path);
    if (user !== undefined) uses.push({ metric, user, words, at, path: `${path}.${key}` });
  };
  for (const { file, metrics, goals, baselines, roles, alerts } of documents) {
    for (const { name, formula, balanceWith } of metrics) {
      const path = `metrics.${name.text}`;
      const metric = own(model.metrics, name.text);
      if (metric !== undefined && formula !== null)
        for (const other of referencesOf(metric.expression))
          add(path, other, `\`${name.text}\` stands on`, () => placeIn(formula, other, file), 'formula');
      for (const { text, at } of balanceWith)
        add(path, text, `\`${name.text}\` is read beside`, () => spanOf(file, at), 'balance_with');
    }
    for (const { name, metric, target } of goals) {
      const path = `goals.${name.text}`;
      if (metric !== null)
        add(path, metric.text, `the goal \`${name.text}\` is about`, () => spanOf(file, metric.at), 'metric');
      const resolved = own(model.goals, name.text)?.target;
      if (resolved?.kind === 'formula' && target?.kind === 'formula')
        for (const other of referencesOf(resolved.expression))
          add(path, other, `the target of \`${name.text}\` is`, () => placeIn(target.text, other, file), 'target');
    }
    for (const { name, metric } of baselines)
      if (metric !== null)
        add(
          `baselines.${name.text}`,
          metric.text,
          `the baseline \`${name.text}\` is of`,
          () => spanOf(file, metric.at),
          'metric',
        );
    for (const { name, scorecard } of roles)
      for (const shown of scorecard.flatMap(({ items }) => items))
        for (const metric of [shown.metric, shown.of].flatMap(each => each ?? []))
          add(
            `roles.${name.text}`,
            metric.text,
            `the scorecard of \`${name.text}\` shows`,
            () => spanOf(file, metric.at),
            'scorecard',
          );
    for (const { name, when } of alerts)
      if (when !== null)
        for (const other of metricsIn(when, model.metrics))
          add(
            `alerts.${name.text}`,
            other,
            `the alert \`${name.text}\` watches`,
            () => placeIn(when, other, file),
            'when',
          );
  }
  return uses;
}

/** The metrics that a condition names. */
function metricsIn({ text }: Text, metrics: Readonly<Record<string, unknown>>): readonly string[] {
  const names = pathsIn(text).map(({ name }) => name);
  return [...new Set(names)].filter(name => Object.hasOwn(metrics, name));
}

/** The first place of a name in a formula; the whole of it where the name stands there in other words. */
function placeIn(formula: Text, name: string, file: string): Span {
  const found = pathsIn(formula.text).find(path => path.name === name);
  return spanWithin(file, formula, found?.at ?? [0, formula.text.length]);
}

function pathsIn(text: string) {
  const nowhere = { file: '', start: 0, end: 0 };
  const paths = pathsOf(
    parseFormula(
      text,
      () => nowhere,
      () => {},
    ),
  );
  return paths.map(({ words, at }) => ({ name: words.map(word => word.text).join('.'), at }));
}

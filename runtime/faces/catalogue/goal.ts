/** The pages of goals and baselines: what is to be reached, and where one stood. */
import { type Baseline, type DefinitionName, type Goal, own } from '../../../compiler/index.ts';
import { type Markup, tag } from '../page/markup.ts';
import { aboutGoal } from '../words/about.ts';
import { catalogueWords } from '../words/catalogue.ts';
import { day, inWords } from '../words/numbers.ts';
import { words } from '../words/words.ts';
import { testsSection } from './examples.ts';
import { formulaBlock, formulaCode } from './formula.ts';
import { facts, heading, links, listed, section, soft, table, textIn } from './frame.ts';
import { said } from './knowledge.ts';
import { usersOf } from './lineage.ts';
import type { Telling } from './link.ts';
import { definedIn } from './place.ts';
import { versionsSection } from './versions.ts';

export function goalMain(goal: Goal, telling: Telling): readonly (Markup | null)[] {
  const say = catalogueWords[telling.language];
  const entry = { kind: 'goal', ...goal } as const;
  const about = aboutGoal(goal, telling.model.metrics);
  const { onTrack, atRisk } = goal.status;
  const share = (value: string) => inWords(value, { type: 'decimal', unit: 'percent' }, telling.language);
  const until = (date: string | null) => (date === null ? null : day(date, telling.language));
  return [
    heading(entry, telling),
    section(
      'definition',
      say.definition,
      facts([
        [say.metric, links([{ kind: 'metric', name: goal.metric }], telling)],
        [say.objective, textIn(goal.objective, telling)],
        [say.target, target(goal, telling)],
        [say.grain, grainIn(goal.grain, telling)],
        [say.by, listed(goal.by.map(({ name }) => codeOf(name, telling)))],
        [say.rollup, goal.rollup === null ? say.anew : say.rollups[goal.rollup]],
        [say.due, goal.rollup === 'sum' ? say.paces[goal.pace] : say.allFromBeginning],
        [say.judged, about.hasShares ? say.judgedBy(share(onTrack), share(atRisk)) : null],
        [say.from, until(goal.from)],
        [say.until, until(goal.until)],
        [say.owner, goal.owner],
        [say.gives, listed(about.gives.map(name => codeOf(name, telling)))],
        [say.tags, listed(goal.tags)],
        [say.covers, listed(goal.covers)],
        [say.definedIn, definedIn(goal.at, telling)],
      ]),
    ),
    targetsSection(goal, telling),
    usedSection(entry, telling),
    testsSection(about.gives, telling),
    versionsSection(entry, telling),
  ];
}

function target({ target: { kind, ...rest } }: Goal, telling: Telling): Markup | string | null {
  if (kind === 'number' && 'value' in rest) return rest.value;
  if (kind !== 'formula' || !('text' in rest)) return null;
  const text = said(rest.text, telling);
  return text === null ? null : formulaCode(text, { tables: [], reads: 'groups' }, telling);
}

const mostTargets = 60;

/** Targets of groups are numbers about people: as a role they are told by its scorecard, to whom they concern. */
function targetsSection({ target: written, by }: Goal, telling: Telling): Markup | null {
  const say = catalogueWords[telling.language];
  if (written.kind !== 'values' || telling.role !== null) return null;
  const rows = written.values.map(({ from, group, value }) => ({ cells: [from, ...group, value] }));
  const columns = [say.from, ...by.map(({ name }) => name), say.target];
  const more = rows.length - mostTargets;
  return section(
    'targets',
    say.targets,
    table(say.targets, columns, rows.slice(0, mostTargets)),
    more > 0 ? soft(say.moreRows(more)) : null,
  );
}

export function baselineMain(baseline: Baseline, telling: Telling): readonly (Markup | null)[] {
  const say = catalogueWords[telling.language];
  const entry = { kind: 'baseline', ...baseline } as const;
  const { frozen, metric } = baseline;
  const tables = own(telling.model.metrics, metric)?.tables ?? [];
  const formula = frozen === null ? null : said(frozen.formula, telling);
  const date = (text: string) => day(text, telling.language);
  const given = Object.keys(telling.model.metrics).filter(name => name.startsWith(`${baseline.name}.`));
  return [
    heading(entry, telling),
    section(
      'definition',
      say.definition,
      facts([
        [say.metric, links([{ kind: 'metric', name: metric }], telling)],
        [say.period, baseline.period],
        [say.grains, baseline.grain === null ? null : grainIn(baseline.grain, telling)],
        [say.by, listed(baseline.by.map(name => codeOf(name, telling)))],
        [say.frozen, frozen === null ? say.notFrozen : say.frozenOn(date(frozen.on), date(frozen.asOf))],
        [say.owner, baseline.owner],
        [say.gives, listed(given.map(name => codeOf(name, telling)))],
        [say.tags, listed(baseline.tags)],
        [say.covers, listed(baseline.covers)],
        [say.definedIn, definedIn(baseline.at, telling)],
      ]),
      formula === null ? null : tag('h3', {}, say.frozenFormula),
      formula === null ? null : formulaBlock(formula, { tables, reads: 'groups' }, telling),
    ),
    usedSection(entry, telling),
    testsSection(given, telling),
    versionsSection(entry, telling),
  ];
}

export function usedSection(definition: DefinitionName, telling: Telling): Markup | null {
  const say = catalogueWords[telling.language];
  return section('lineage', say.lineage, usersOf(telling.lineage.usersOf(definition), telling));
}

/** A name as definitions write it, where the reader knows it. */
export function codeOf(name: string, telling: Telling): Markup | null {
  const text = said(name, telling);
  return text === null ? null : tag('code', {}, text);
}

export function grainIn(grain: string, { language }: Telling): string {
  const grains: Readonly<Record<string, string>> = words[language].grains;
  return own(grains, grain) ?? grain;
}

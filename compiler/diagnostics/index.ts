/** The one catalogue of diagnostics: every code that the product can raise, by family. */
import * as access from './access.ts';
import * as baselines from './baselines.ts';
import type { EntryHead } from './diagnostic.ts';
import * as diff from './diff.ts';
import * as goals from './goals.ts';
import * as governance from './governance.ts';
import * as grain from './grain.ts';
import * as lock from './lock.ts';
import * as names from './names.ts';
import * as query from './query.ts';
import * as scorecard from './scorecard.ts';
import * as service from './service.ts';
import * as site from './site.ts';
import * as syntax from './syntax.ts';
import * as tests from './tests.ts';
import * as time from './time.ts';
import * as tokens from './tokens.ts';
import * as types from './types.ts';
import * as warehouse from './warehouse.ts';

export * from './access.ts';
export * from './baselines.ts';
export * from './diagnostic.ts';
export * from './diff.ts';
export * from './goals.ts';
export * from './governance.ts';
export * from './grain.ts';
export * from './lock.ts';
export * from './names.ts';
export * from './query.ts';
export * from './scorecard.ts';
export * from './service.ts';
export * from './site.ts';
export * from './suggest.ts';
export * from './syntax.ts';
export * from './tests.ts';
export * from './time.ts';
export * from './tokens.ts';
export * from './types.ts';
export * from './warehouse.ts';

const families: readonly Readonly<Record<string, EntryHead>>[] = [
  syntax,
  names,
  query,
  tests,
  types,
  grain,
  time,
  baselines,
  goals,
  access,
  tokens,
  governance,
  lock,
  diff,
  scorecard,
  site,
  warehouse,
  service,
];

/** All codes, in order. */
export const catalogue: readonly EntryHead[] = families
  .flatMap(family => Object.values(family))
  .sort((a, b) => (a.code < b.code ? -1 : 1));

/** A definitions file as written: every name, formula and option with its place. Nothing is looked up or checked across files. */
import type { Span } from '../source.ts';
import type { Range, ScalarNode } from './node.ts';
import { fileOffset, type OffsetMap } from './offsets.ts';

export interface Document {
  readonly kind: 'document';
  readonly file: string;
  readonly project: ProjectDeclaration | null;
  readonly tables: readonly TableDeclaration[];
  readonly metrics: readonly MetricDeclaration[];
  readonly goals: readonly GoalDeclaration[];
  readonly baselines: readonly BaselineDeclaration[];
  readonly roles: readonly RoleDeclaration[];
  readonly alerts: readonly AlertDeclaration[];
  readonly tests: readonly TestDeclaration[];
}

/** A text and where it stands. */
export interface Word {
  readonly text: string;
  readonly at: Range;
}

/** A text whose single characters can be pointed at, such as a formula. */
export interface Text extends Word {
  readonly map: OffsetMap;
}

/** What people read, by language; a text without a language is English (`en`). */
export type Labels = Readonly<Record<string, string>>;

export interface Described {
  readonly label: Labels | null;
  readonly description: Labels | null;
  readonly owner: string | null;
  readonly tags: readonly string[];
}

/** Where rates between currencies stand. */
export interface RatesDeclaration {
  readonly table: Word;
  readonly from: Word;
  readonly to: Word;
  readonly rate: Word;
  readonly on: Word;
}

export interface ProjectDeclaration {
  readonly file: string;
  readonly name: Word;
  readonly currency: string | null;
  readonly timeZone: Word | null;
  readonly weekStarts: string | null;
  readonly fiscalYearStarts: string | null;
  readonly rates: RatesDeclaration | null;
  readonly holidays: Word | null;
  readonly include: readonly Word[] | null;
  readonly defaultProfile: Word | null;
  readonly profiles: readonly ProfileDeclaration[];
  readonly attributes: readonly { readonly name: Word; readonly type: Word }[];
  /** How far metrics may move in a comparison of data, as a share. */
  readonly tolerances: readonly { readonly metric: Word; readonly relative: number }[];
  readonly rules: readonly RuleDeclaration[];
  readonly serve: ServeDeclaration | null;
}

/** What definitions are held to, beside being right. */
export interface RuleDeclaration {
  readonly name: Word;
  /** Null where it is missing or none that there is, which has been reported. */
  readonly severity: 'off' | 'info' | 'warning' | 'error' | null;
  /** Which definitions it leaves alone: names, or `tag:`, `status:`, `covers:` and `kind:` with what they say. */
  readonly except: readonly Word[];
  readonly covers: readonly string[];
}

export interface ServeDeclaration {
  readonly at: Word['at'];
  readonly tokens: TokensDeclaration | null;
  /** The claim that names the role. */
  readonly role: Word | null;
  /** By attribute of the user, the claim that has its value. */
  readonly user: readonly { readonly attribute: Word; readonly claim: string }[];
  /** The role of those who bring no token. */
  readonly anonymous: Word | null;
  /** Roles that may ask as another. */
  readonly actAs: readonly Word[];
  /** Roles that may see the SQL. */
  readonly sql: readonly Word[];
  readonly origins: readonly Word[];
  readonly limits: Readonly<Partial<Record<ServeLimit, number>>>;
}

export interface TokensDeclaration {
  readonly at: Word['at'];
  readonly issuer: string;
  readonly audience: string;
  /** Null where those that fit the key are meant. */
  readonly algorithms: readonly Word[] | null;
  /** By what they are verified. */
  readonly keys: readonly { readonly kind: KeyKind; readonly at: Word['at']; readonly from: Word }[];
}

/** A variable of the environment, a file of one key, or a file of several. */
export type KeyKind = (typeof keyKinds)[number];
export const keyKinds = ['secret', 'public_key', 'jwks'] as const;

export type ServeLimit = (typeof serveLimits)[number];
export const serveLimits = [
  'at_once',
  'waiting',
  'streams',
  'seconds',
  'rows',
  'megabytes',
  'cache_megabytes',
  'fresh_seconds',
  'body_kilobytes',
  'connections',
] as const;

export interface ProfileDeclaration {
  readonly name: Word;
  readonly engine: Word | null;
  readonly path: Word | null;
  readonly files: Word | null;
  readonly url: Word | null;
}

/** The folder that files are read from, in words; without a profile or its `files:`, the project's own. */
export function filesFolder(profile: ProfileDeclaration | null): string {
  const files = profile?.files ?? null;
  return files === null ? "the project's folder" : `\`${files.text}\``;
}

/** The same of a whole project: that of its default profile, or the one that all its profiles have. */
export function folderOfFiles(project: ProjectDeclaration | null): string {
  const profiles = project?.profiles ?? [];
  const chosen = profiles.filter(profile => profile.name.text === project?.defaultProfile?.text);
  const [first, ...others] = new Set((chosen.length > 0 ? chosen : profiles).map(filesFolder));
  return others.length > 0 ? "the profile's `files:` folder" : (first ?? filesFolder(null));
}

export interface TableDeclaration extends Described {
  readonly file: string;
  readonly name: Word;
  readonly from: Word | null;
  readonly sql: Word | null;
  readonly csv: CsvOptions | null;
  readonly key: readonly Word[];
  readonly entity: Word | null;
  readonly time: Text | null;
  readonly valid: SpanDeclaration | null;
  readonly columns: readonly ColumnDeclaration[];
  readonly joins: readonly JoinDeclaration[];
  readonly lifespans: readonly (SpanDeclaration & { readonly name: Word })[];
}

/** How a CSV file departs from what is read without being told. */
export interface CsvOptions {
  readonly delimiter: string | null;
  readonly dateFormat: string | null;
  readonly nulls: readonly string[];
  /** Whether fields beyond the header's are dropped rather than refused. */
  readonly dropExtraFields: boolean;
}

export interface SpanDeclaration {
  readonly from: Text;
  readonly until: Text;
  readonly at: Range;
}

export interface ColumnDeclaration {
  readonly name: Word;
  readonly type: Word | null;
  readonly formula: Text | null;
  readonly physical: string | null;
  readonly unit: Word | null;
  readonly values: readonly Word[] | null;
  readonly dimension: Word | null;
  readonly label: Labels | null;
  readonly description: Labels | null;
  readonly isPrivate: boolean;
}

export interface JoinDeclaration {
  readonly name: Word;
  readonly to: Word;
  /** Null where `on` names the column here only, and the other table's key is meant. */
  readonly on: readonly { readonly here: Text; readonly there: Word | null }[];
  readonly asOf: Text | null;
}

export interface MetricDeclaration extends Described {
  readonly file: string;
  readonly name: Word;
  /** Null where the formula is missing or of the wrong shape, which has been reported. */
  readonly formula: Text | null;
  readonly table: Word | null;
  readonly unit: Word | null;
  readonly format: string | null;
  readonly good: 'up' | 'down' | { readonly between: readonly [number, number] } | null;
  readonly empty: 'zero' | 'null' | null;
  readonly time: Text | null;
  readonly version: number;
  readonly status: 'draft' | 'active' | 'certified' | 'deprecated';
  readonly replacedBy: Word | null;
  readonly ends: Word | null;
  readonly balanceWith: readonly Word[];
  readonly lens: 'effectiveness' | 'efficiency' | null;
  readonly covers: readonly string[];
}

/** The target of a goal: a formula (a number is one too), or numbers by period and group. */
export type TargetDeclaration =
  | { readonly kind: 'formula'; readonly text: Text }
  | { readonly kind: 'values'; readonly values: readonly TargetValueDeclaration[]; readonly at: Range };

export interface TargetValueDeclaration {
  readonly period: Word;
  /** A number, as it is written. */
  readonly value: Word;
  /** The group, by the dimensions of `by`. */
  readonly group: readonly CellDeclaration[];
  readonly at: Range;
}

export interface GoalDeclaration extends Described {
  readonly file: string;
  readonly name: Word;
  /** Null where it is missing or of the wrong shape, which has been reported; so are `target` and `grain`. */
  readonly metric: Word | null;
  readonly target: TargetDeclaration | null;
  readonly grain: Word | null;
  readonly by: readonly Text[];
  readonly rollup: 'sum' | 'last' | 'avg' | null;
  readonly pace: 'linear' | 'working_days' | 'season';
  readonly status: { readonly onTrack: Word | null; readonly atRisk: Word | null };
  /** The first day on which its targets count, and the first on which they no longer do. */
  readonly from: Word | null;
  readonly until: Word | null;
  readonly objective: Labels | null;
  readonly covers: readonly string[];
}

export interface BaselineDeclaration extends Described {
  readonly file: string;
  readonly name: Word;
  readonly metric: Word | null;
  readonly period: Word | null;
  readonly grain: Word | null;
  readonly by: readonly Text[];
  readonly frozenAt: Word | null;
  readonly covers: readonly string[];
}

export interface RoleDeclaration {
  readonly file: string;
  readonly name: Word;
  readonly label: Labels | null;
  readonly description: Labels | null;
  readonly covers: readonly string[];
  /** `all`, or a condition; null where it is missing or of the wrong shape, which has been reported. */
  readonly sees: Text | null;
  readonly benchmark: Text | null;
  readonly unrestricted: readonly Word[];
  readonly hides: readonly Text[];
  readonly scorecard: readonly SectionDeclaration[];
  readonly alerts: readonly Word[];
}

export interface SectionDeclaration {
  readonly label: Labels;
  readonly at: Range;
  readonly covers: readonly string[];
  readonly items: readonly ItemDeclaration[];
}

export interface CountDeclaration {
  readonly count: number;
  readonly at: Range;
}

/** An item of a scorecard: a metric, or a goal. */
export interface ItemDeclaration {
  readonly at: Range;
  readonly metric: Word | null;
  readonly goal: Word | null;
  readonly of: Word | null;
  readonly by: readonly Text[];
  readonly period: Text | null;
  readonly where: Text | null;
  readonly compare: readonly Text[];
  /** Unless it is said otherwise, what is not over yet is compared with as many days of before. */
  readonly isLikeForLike: boolean;
  readonly trend: Text | null;
  readonly top: CountDeclaration | null;
  readonly bottom: CountDeclaration | null;
  readonly note: Labels | null;
  readonly covers: readonly string[];
}

export interface AlertDeclaration extends Described {
  readonly file: string;
  readonly name: Word;
  /** Null where it is missing or of the wrong shape, which has been reported. */
  readonly when: Text | null;
  readonly by: readonly Text[];
  readonly where: Text | null;
  readonly grain: Text | null;
  /** In how many whole periods in a row it must hold; null for that of now. */
  readonly periods: CountDeclaration | null;
  readonly severity: 'info' | 'warning' | 'critical';
  readonly message: Readonly<Record<string, Text>> | null;
  readonly covers: readonly string[];
}

/** A value of a row, as YAML has it. */
export interface CellDeclaration {
  readonly column: Word;
  readonly type: ScalarNode['type'];
  readonly value: Word;
}

export interface RowDeclaration {
  readonly at: Range;
  readonly cells: readonly CellDeclaration[];
}

/** A question as it is written in a definitions file; what is not asked is null. */
export interface QuestionDeclaration {
  readonly metrics: readonly Text[];
  readonly by: readonly Text[] | null;
  readonly where: Text | null;
  readonly having: Text | null;
  readonly period: Text | null;
  readonly compare: readonly Text[] | null;
  readonly isLikeForLike: boolean | null;
  readonly order: readonly Text[] | null;
  readonly limit: Text | null;
  readonly complete: readonly Text[] | null;
  readonly isSparse: boolean | null;
  readonly as: Text | null;
  readonly user: Readonly<Record<string, string | number | boolean | null>> | null;
}

export interface TestDeclaration {
  readonly file: string;
  readonly name: Word;
  readonly description: Labels | null;
  /** Its keys as they are written, known or not. */
  readonly keys: readonly Word[];
  readonly given: readonly { readonly table: Word; readonly rows: readonly RowDeclaration[] }[];
  readonly asOf: Word | null;
  /** Null where it is missing or of the wrong shape, which has been reported. */
  readonly question: QuestionDeclaration | null;
  readonly expect: readonly RowDeclaration[] | null;
  readonly expectError: Word | null;
}

export function spanOf(file: string, [start, end]: Range): Span {
  return { file, start, end };
}

/** The place of offsets within a text. */
export function spanWithin(file: string, text: Text, [start, end]: Range): Span {
  const from = fileOffset(text.map, start);
  const last = end > start ? fileOffset(text.map, end - 1) + 1 : from;
  return { file, start: from, end: Math.max(last, from) };
}

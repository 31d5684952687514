/**
 * Sabotages of the compiler, and how many of them the tests catch. Every mutant stands in one copy of the project behind a
 * switch (`tree.ts`); first the cases are compiled with each and changed SQL is run (`rows.ts`), then those that live, or
 * that changed nothing but the text of SQL, meet the tests that come by them, cheapest first (`suite.ts`, `reach.ts`).
 *
 * Of every kind 20 are taken, and one in a file at most. `--most 1000` takes more of a kind, `--each 2` two in a file, `--seed`
 * others, `--only` those whose name holds a text. What is listed with a reason lives until a case says otherwise: it has no
 * second look without `--listed`. `--first` leaves that out for all, and `--tests resolve,docs` runs only tests of such names.
 * `--report FILE` writes what is found while it is found, `--from FILE` believes such a report in what it says is caught, and
 * `--keep` keeps the copy.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { candidatesIn, chosen, type Mutant, oneLine } from './choose.ts';
import { Helper, isLost, shared } from './helper.ts';
import type { Notes } from './reach.ts';
import { type Outcome, readSurvivors, report } from './report.ts';
import type { Look } from './rows.ts';
import type { SuiteReply, SuiteRequest } from './suite.ts';
import { writeTree } from './tree.ts';

const folders = ['compiler/resolve', 'compiler/plan', 'compiler/sql', 'compiler/calendar'];

/** What meets those that the cases do not catch. Their text of SQL has been compared already. */
const suites: readonly RegExp[] = [
  /^test\/(?:resolve|calendar|tests|roles|baselines|scorecard|laws|docs|diagnostics|cases)\//,
  /^test\/runtime\/(?:decimals|frames)/,
  /^test\/library\/(?:definitions|stories)/,
  /^test\/published\//,
  /^test\/engines\/(?:functions|findings)/,
  /^test\/cli\/(?:cli|tests)/,
  /^test\/oracle\//,
];
/** Of the cases the first look has seen to these. */
const seenTo = /^(?:plan and SQL are as the goldens say|DuckDB answers the)/;
/** Where texts of SQL stand as well: they are no second witness for what changes them. */
const printsSql = /^test\/(?:docs|cli)\//;

interface Asked {
  readonly root: string;
  readonly project: string;
  readonly words: readonly string[];
}

export async function run({ root, project, words }: Asked): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      each: { type: 'string', default: '1' },
      most: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      first: { type: 'boolean', default: false },
      listed: { type: 'boolean', default: false },
      tests: { type: 'string', default: '' },
      from: { type: 'string', default: '' },
      keep: { type: 'boolean', default: false },
      report: { type: 'string', default: '' },
      jobs: { type: 'string', default: String(Math.min(os.availableParallelism(), 4)) },
    },
  });
  const began = performance.now();
  const { files, candidates } = candidatesIn(root, folders);
  const most = { inFile: Number(values.each), inAll: Number(values.most) };
  const mutants = chosen(candidates, most, values.seed).filter(each => each.name.includes(values.only));
  const survivors = readSurvivors(path.join(root, 'test/mutants/survivors.json'));
  writeTree(root, project, files, mutants);
  const bundle = await bundled(project);
  say(began, `${mutants.length} of ${candidates.length} sabotages in ${project}`);
  const jobs = Array.from({ length: Number(values.jobs) }, (_, index) => index);
  const outcomes = new Map<Mutant, Outcome>();
  const before = values.from === '' ? [] : readOutcomes(values.from);
  for (const mutant of mutants) {
    const known = before.find(({ name }) => name === mutant.name);
    if (known !== undefined && known.verdict !== 'alive') outcomes.set(mutant, known);
  }
  const unseen = mutants.filter(mutant => !outcomes.has(mutant));
  await firstLook({ root, project, bundle, mutants: unseen, jobs, began, outcomes });
  const caught = [...outcomes.values()].filter(({ verdict }) => verdict !== 'alive').length;
  say(began, `cases: ${caught} of ${mutants.length} caught`);
  const save = () => {
    const all = [...outcomes].map(([{ node, ...mutant }, outcome]) => ({ ...mutant, to: shownTo(mutant), ...outcome }));
    if (values.report !== '') writeFileSync(values.report, `${JSON.stringify(all, null, 1)}\n`);
  };
  save();
  const isLookedAt = ({ name }: Mutant) => values.listed || !survivors.some(known => known.name === name);
  const left = unseen.filter(isLookedAt);
  const isWanted = (file: string) => values.tests.split(',').some(part => file.includes(part));
  if (!values.first) await secondLook({ project, mutants: left, jobs, began, outcomes, save, isWanted });
  return report(outcomes, survivors, (performance.now() - began) / 60_000);
}

/** What an earlier run has written with `--report`. */
function readOutcomes(file: string): readonly (Outcome & { readonly name: string })[] {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function shownTo({ to }: Pick<Mutant, 'to'>): string | null {
  return to === null ? null : oneLine(to);
}

function say(began: number, text: string): void {
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`${String(Math.floor(seconds / 60)).padStart(3)}:${String(seconds % 60).padStart(2, '0')} ${text}`);
}

/** The mutated compiler as one script, without the schemas: it is given documents that have been read. */
async function bundled(project: string): Promise<string> {
  const outfile = path.join(project, '.programs/compiler.cjs');
  await build({
    absWorkingDir: project,
    entryPoints: ['compiler/index.ts'],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    logLevel: 'warning',
    plugins: [
      {
        name: 'no-schemas',
        setup({ onLoad }) {
          onLoad({ filter: /document[\\/]validator\.ts$/ }, () => ({
            contents: `const refuse = () => { throw new Error('nothing is read here'); };
export { refuse as validateDefinitions, refuse as validateProject, refuse as validateQuery, refuse as validateRequest, refuse as validateScorecardRequest };`,
          }));
        },
      },
    ],
  });
  return outfile;
}

/**
 * Each test file with all that it imports in one, in its own place: to load the modules one by one takes longer than most
 * tests, and is done for each mutant anew.
 */
async function bundleTests(project: string, files: readonly string[]): Promise<void> {
  const { outputFiles } = await build({
    absWorkingDir: project,
    entryPoints: [...files],
    outdir: project,
    outbase: project,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    write: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'places',
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, ({ path: file }) => ({
            contents: readFileSync(file, 'utf8').replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file))),
            loader: 'ts',
          }));
        },
      },
    ],
  });
  for (const { path: file, text } of outputFiles) writeFileSync(file.replace(/\.js$/, '.ts'), text);
}

interface Looking {
  readonly project: string;
  readonly mutants: readonly Mutant[];
  readonly jobs: readonly number[];
  readonly began: number;
  readonly outcomes: Map<Mutant, Outcome>;
}

async function firstLook({
  project,
  bundle,
  mutants,
  jobs,
  began,
  outcomes,
}: Looking & { readonly root: string; readonly bundle: string }): Promise<void> {
  const program = path.join(project, '.programs/rows.mjs');
  const helpers = jobs.map(() => new Helper<{ mutant: number }, Look>(program, [project, bundle]));
  let done = 0;
  await shared(mutants, helpers, async (mutant, helper) => {
    const look = await helper.ask({ mutant: mutant.number }, 30_000);
    if (isLost(look)) outcomes.set(mutant, { verdict: 'behaviour', by: `cases: ${look.lost}`, isReached: true });
    else
      outcomes.set(mutant, {
        verdict: look.verdict === 'rows' ? 'behaviour' : look.verdict,
        by: look.by === '' ? '' : `cases: ${look.by}`,
        isReached: look.isReached,
      });
    done += 1;
    if (done % 50 === 0) say(began, `cases: ${done} of ${mutants.length} mutants`);
  });
  await Promise.all(helpers.map(helper => helper.end()));
}

/** What is known of a test file when nothing is mutated. */
interface Suite {
  readonly file: string;
  readonly broken: ReadonlySet<string>;
  readonly outside: ReadonlySet<number>;
  readonly tests: ReadonlyMap<string, KnownTest>;
}

interface KnownTest {
  readonly name: string;
  readonly milliseconds: number;
  readonly reached: ReadonlySet<number>;
}

interface Testing extends Looking {
  readonly save: () => void;
  /** Which test files are run. */
  readonly isWanted: (file: string) => boolean;
}

async function secondLook({ project, mutants, jobs, began, outcomes, save, isWanted }: Testing): Promise<void> {
  process.env.SEXTANT_QUICK = '1';
  process.env.SEXTANT_RUNS ??= '40';
  const program = path.join(project, '.programs/suite.mjs');
  const helpers = jobs.map(
    index => new Helper<SuiteRequest, SuiteReply>(program, [project, path.join(project, `.order-${index}.json`)]),
  );
  const left = mutants.filter(mutant => outcomes.get(mutant)?.verdict !== 'behaviour');
  const found = await suitesOf(project, helpers, began, isWanted);
  // Those that live first: of the others it is known already that a test says no.
  const ordered = [...left].sort((a, b) => rankOf(outcomes.get(a)) - rankOf(outcomes.get(b)));
  let done = 0;
  await shared(ordered, helpers, async (mutant, helper) => {
    const known = outcomes.get(mutant);
    const isText = known?.verdict === 'text';
    const fitting = found.filter(suite => !(isText && (printsSql.test(suite.file) || isLong(suite))));
    const meeting = fitting.map(suite => meetingOf(suite, mutant.number)).filter(({ isEmpty }) => !isEmpty);
    const idle = meeting.flatMap(each => each.idle);
    const cost = ({ file, milliseconds }: (typeof meeting)[number]) =>
      isOwn(file, mutant) ? -1 / (milliseconds + 1) : milliseconds;
    const files = meeting.sort((a, b) => cost(a) - cost(b)).map(({ file }) => file);
    const order = { mutant: mutant.number, notes: null, idle, limit: 1_200_000 };
    const answer = files.length === 0 ? null : await helper.ask({ files, order }, 1_300_000);
    const problem = answer === null ? null : isLost(answer) ? answer.lost : answer.problem;
    if (problem !== null)
      outcomes.set(mutant, { verdict: 'behaviour', by: oneLine(problem).slice(0, 200), isReached: true });
    else if (known !== undefined && files.length > 0) outcomes.set(mutant, { ...known, isReached: true });
    done += 1;
    say(began, `tests: ${done} of ${left.length} mutants, ${problem === null ? 'lives' : 'caught'}: ${mutant.name}`);
    save();
  });
  await Promise.all(helpers.map(helper => helper.end()));
}

/** Whether a test is of the stage that is sabotaged: those come first. */
function isOwn(test: string, { file }: Mutant): boolean {
  return test.split('/')[1] === file.split('/')[1];
}

function rankOf(outcome: Outcome | undefined): number {
  return outcome?.verdict === 'alive' ? 0 : 1;
}

function isLong({ file }: Suite): boolean {
  return /oracle\.test/.test(file);
}

/** The tests of a file that come by a mutant, and how long they take; the others are idle, and those that compare texts. */
function meetingOf({ file, broken, outside, tests }: Suite, mutant: number) {
  const idle: string[] = [];
  let milliseconds = 0;
  for (const [id, test] of tests) {
    const isIdle = broken.has(id) || seenTo.test(test.name) || !(outside.has(mutant) || test.reached.has(mutant));
    if (isIdle) idle.push(id);
    else milliseconds += test.milliseconds;
  }
  return { file, idle, milliseconds, isEmpty: idle.length === tests.size };
}

/** Every test file run once without a mutant, cheapest first. */
async function suitesOf(
  project: string,
  helpers: readonly Helper<SuiteRequest, SuiteReply>[],
  began: number,
  isWanted: (file: string) => boolean,
): Promise<readonly Suite[]> {
  const notes = path.join(project, '.notes');
  mkdirSync(notes);
  const all = readdirSync(path.join(project, 'test'), { recursive: true, encoding: 'utf8' });
  const files = all
    .map(file => `test/${file.replaceAll(path.sep, '/')}`)
    .filter(file => file.endsWith('.test.ts') && suites.some(suite => suite.test(file)) && isWanted(file))
    .sort();
  await bundleTests(project, files);
  // One by one they would start a process each; all together they would leave other helpers idle.
  const parts = helpers.flatMap((_, place) =>
    [0, 1].map(half => files.filter((__, index) => index % (helpers.length * 2) === place * 2 + half)),
  );
  const broken = new Set<string>();
  await shared(parts, helpers, async (part, helper) => {
    const answer = await helper.ask(
      { files: part, order: { mutant: 0, notes, idle: [], limit: 1_800_000 } },
      1_900_000,
    );
    if (isLost(answer)) throw new Error(`${part.join(', ')}: ${answer.lost} without a mutant`);
    if (answer.problem !== null)
      say(began, `tests: ${answer.failed.length} fail without a mutant: ${oneLine(answer.problem).slice(0, 160)}`);
    for (const id of answer.failed) broken.add(id);
  });
  const found = readdirSync(notes).map((name): Suite => {
    const { file, outside, tests }: Notes = JSON.parse(readFileSync(path.join(notes, name), 'utf8'));
    const known = Object.entries(tests).map(
      ([id, { reached, ...test }]) => [id, { ...test, reached: new Set(reached) }] as const,
    );
    return { file: path.relative(project, file), broken, outside: new Set(outside), tests: new Map(known) };
  });
  const spent = found.flatMap(({ tests }) => [...tests.values()]).reduce((sum, test) => sum + test.milliseconds, 0);
  say(began, `tests: ${found.length} of ${files.length} files, ${Math.round(spent / 1000)} s for one that lives`);
  return found;
}

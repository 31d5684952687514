/** `metrics diff`: what a change does to meanings, and with `--data` to numbers, held against a git ref or a folder. */
import { breaking, type Change, type Diagnostic, type Effect, movedTooFar, own } from '../../../../compiler/index.ts';
import {
  type DataDiff,
  dataDiff,
  diffProjects,
  type EarlierState,
  EngineError,
  earlierState,
  isSound,
  isSoundlyRead,
  NoEarlierState,
  openWarehouse,
  profileOf,
  readStates,
  type SoundlyRead,
  type Tolerance,
} from '../../../index.ts';
import type { DiffReport } from '../../diff/said.ts';
import { type ExitCode, exit, exitOf, UsageError } from '../exit.ts';
import { chooseFormats, writeOutput } from '../format/chosen.ts';
import type { DiffOptions } from '../options.ts';
import { nowOf, projectFolder, tell } from '../project.ts';
import { painter, type Terminal } from '../terminal.ts';

const formats = ['table', 'json', 'markdown', 'html'] as const;
type Format = (typeof formats)[number];

export async function diff(options: DiffOptions, terminal: Terminal): Promise<ExitCode> {
  const chosen = chooseFormats(options.format ?? ['table'], formats);
  const failing = effectsOf(options.failOn ?? []);
  const folder = projectFolder(options, terminal);
  let earlier: EarlierState;
  try {
    earlier = earlierState(folder, options.against, terminal.cwd);
  } catch (error) {
    if (!(error instanceof NoEarlierState)) throw error;
    tell([error.diagnostic], [], options, terminal);
    return exitOf([error.diagnostic]);
  }
  try {
    const [after, before] = readStates(folder, earlier.folder);
    if (!isSoundlyRead(before)) return unread(before, `the state of ${earlier.name}`, options, terminal);
    if (!isSoundlyRead(after)) return unread(after, 'the project', options, terminal);
    const changes = diffProjects(before, after);
    const findings: Diagnostic[] = [];
    const data = options.data === true ? await numbers(before, after, changes, options, terminal, findings) : null;
    if (typeof data === 'number') return data;
    const report: DiffReport = { against: earlier.name, changes, isBroken: !isSound(after), data };
    for (const { format, file } of chosen) {
      const out = file ?? options.out ?? null;
      const text = await written(format, report, options, out === null ? terminal : null);
      if (out === null) terminal.out(text);
      else writeOutput(out, text, terminal);
    }
    if (!isSound(before)) terminal.err(`note: ${earlier.name} has errors, so what was broken there looks new\n`);
    if (report.isBroken) terminal.err('error: definitions of the project are broken; `metrics validate` says where\n');
    tell(findings, after.sources, options, terminal);
    const isFailing = changes.some(({ effect }) => failing.includes(effect));
    return report.isBroken || isFailing || findings.length > 0 ? exit.findings : exit.fine;
  } finally {
    earlier.close();
  }
}

function effectsOf(names: readonly string[]): readonly Effect[] {
  return names.map(name => {
    const found = breaking.find(effect => effect === name.toLowerCase());
    if (found === undefined) throw new UsageError(`\`--fail-on ${name}\` is no effect`, `write ${breaking.join(', ')}`);
    return found;
  });
}

function unread(
  { diagnostics, sources }: Pick<SoundlyRead, 'diagnostics' | 'sources'>,
  what: string,
  options: DiffOptions,
  terminal: Terminal,
): ExitCode {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  tell(errors, sources, options, terminal);
  terminal.err(`error: ${what} cannot be read, so there is nothing to compare\n`);
  return exit.findings;
}

/** Both states on the warehouse of the project as it is now. */
async function numbers(
  before: SoundlyRead,
  after: SoundlyRead,
  changes: readonly Change[],
  options: DiffOptions,
  terminal: Terminal,
  findings: Diagnostic[],
): Promise<DataDiff | ExitCode> {
  const tolerances = tolerancesOf(options, after);
  try {
    const profile = profileOf(after.folder, after.declaration, options.profile ?? null);
    const engines = [await openWarehouse(profile), await openWarehouse(profile)] as const;
    try {
      const found = await dataDiff(
        { project: before, engine: engines[0] },
        { project: after, engine: engines[1] },
        changes,
        {
          now: nowOf(options, after.model),
          period: options.period ?? null,
          by: options.by ?? [],
          tolerances,
          progress: progressOn(terminal),
          signal: terminal.signal,
          ...(options.timeout === undefined ? {} : { timeoutMs: options.timeout * 1000 }),
        },
      );
      findings.push(...found.moves.flatMap(move => beyond(move, after)));
      return found;
    } finally {
      await Promise.all(engines.map(engine => engine.close()));
    }
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    tell([error.diagnostic], after.sources, options, terminal);
    return exitOf([error.diagnostic]);
  }
}

function beyond(
  { name, metric, tolerance, isBeyond, difference }: DataDiff['moves'][number],
  { model }: SoundlyRead,
): readonly Diagnostic[] {
  if (tolerance === null || !isBeyond) return [];
  const percent = (share: number) => `${Math.round(share * 10_000) / 100} %`;
  const relative = difference.relative === null ? 'more than can be said as a share' : percent(difference.relative);
  const path = `metrics.${name}.formula`;
  return [
    movedTooFar(
      own(model.metrics, name)?.at ?? metric.at,
      { name, relative, most: percent(tolerance.relative) },
      { path },
    ),
  ];
}

/** `won=0.5%`, or `0.5%` for all that have none of their own; what is asked goes before what the project says. */
function tolerancesOf({ threshold = [] }: DiffOptions, { model, declaration }: SoundlyRead): readonly Tolerance[] {
  const declared = (declaration?.tolerances ?? []).map(({ metric, relative }) => ({ metric: metric.text, relative }));
  const asked = threshold.map(text => {
    const [, metric = null, number = '', percent = ''] =
      /^(?:([a-z]\w*)=)?(\d+(?:\.\d+)?)(%?)$/.exec(text.replaceAll(' ', '')) ?? [];
    if (number === '')
      throw new UsageError(
        `\`--threshold ${text}\` is no share`,
        'write `--threshold 0.5%`, or of one metric `--threshold won=0.5%`',
      );
    if (metric !== null && own(model.metrics, metric) === undefined)
      throw new UsageError(`\`--threshold ${text}\`: there is no metric \`${metric}\``);
    return { metric, relative: Number(number) / (percent === '' ? 1 : 100) };
  });
  return [...asked, ...declared];
}

/** On a terminal one line that is written over; elsewhere nothing, since a log would be full of it. */
function progressOn(terminal: Terminal): (done: number, all: number) => void {
  if (!terminal.isErrTTY) return () => {};
  return (done, all) => terminal.err(done === all ? '\r\u001b[K' : `\r\u001b[K${done} of ${all} statements`);
}

async function written(
  format: Format,
  report: DiffReport,
  options: DiffOptions,
  terminal: Terminal | null,
): Promise<string> {
  switch (format) {
    case 'json': {
      const { jsonDiff } = await import('../../diff/json.ts');
      return jsonDiff(report);
    }
    case 'markdown': {
      const { diffMarkdown } = await import('../../diff/markdown.ts');
      return diffMarkdown(report);
    }
    case 'html': {
      const { diffPage } = await import('../../diff/page.ts');
      return diffPage(report);
    }
    case 'table': {
      const { diffTable } = await import('../../diff/table.ts');
      return diffTable(report, terminal === null ? (_, text) => text : painter(options.color, 'out', terminal));
    }
  }
}

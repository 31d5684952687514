/** `metrics test`: the project's own tests, on rows in memory; once, or again whenever a definition changes. */
import { type CheckedTest, type Diagnostic, didYouMean, nearest } from '../../../../compiler/index.ts';
import {
  isSound,
  isSoundlyRead,
  openTestEngine,
  type Project,
  readProject,
  runTests,
  type TestResult,
  testsOf,
} from '../../../index.ts';
import { compileCommand } from '../../words/command.ts';
import { type ExitCode, exit, exitOf, UsageError } from '../exit.ts';
import { type Chosen, chooseFormats, writeOutput } from '../format/chosen.ts';
import { junitResults } from '../format/junit.ts';
import { counted, prettyFindings } from '../format/pretty.ts';
import { conciseResult, jsonResults, prettyResult, type Shown, totals } from '../format/tests.ts';
import type { TestOptions } from '../options.ts';
import { projectFolder } from '../project.ts';
import { painter, type Terminal } from '../terminal.ts';
import { repeatedly } from '../watching.ts';

const formats = ['pretty', 'concise', 'json', 'junit'] as const;
type Format = (typeof formats)[number];

type Engine = Awaited<ReturnType<typeof openTestEngine>>;

export async function test(patterns: readonly string[], options: TestOptions, terminal: Terminal): Promise<ExitCode> {
  const chosen = chooseFormats(options.format ?? ['pretty'], formats);
  const folder = projectFolder(options, terminal);
  const run = new TestRun(patterns, chosen, options, terminal);
  try {
    if (options.watch !== true) return await run.once(readProject(folder));
    return await repeatedly(folder, terminal, project => run.once(project));
  } finally {
    await run.close();
  }
}

/** One command: its engine is opened when the first test needs it, and serves all runs of a watch. */
class TestRun {
  private engine: Promise<Engine> | null = null;

  constructor(
    private readonly patterns: readonly string[],
    private readonly chosen: readonly Chosen<Format>[],
    private readonly options: TestOptions,
    private readonly terminal: Terminal,
  ) {}

  async close(): Promise<void> {
    await (await this.engine)?.close();
  }

  /** Runs the tests once and prints what comes of it. */
  async once(project: Project): Promise<ExitCode> {
    const { terminal, options } = this;
    const shown: Shown = {
      sources: project.sources,
      paint: painter(options.color, 'out', terminal),
      command: result => compileCommand(result.test, options.project ?? null),
    };
    if (!isSoundlyRead(project)) return this.unread(project, shown);
    const tests = named(testsOf(project), this.patterns);
    const results: TestResult[] = [];
    const streams = this.chosen.some(({ format, file }) => format === 'pretty' && file === null);
    const began = performance.now();
    if (tests.length > 0) {
      this.engine ??= openTestEngine();
      for await (const result of runTests(project, tests, await this.engine, terminal.signal)) {
        results.push(result);
        if (streams) terminal.out(prettyResult(result, shown));
      }
    }
    if (terminal.signal.aborted) {
      terminal.err('Stopped\n');
      return exit.environment;
    }
    const took = terminal.isOutTTY ? ` in ${Math.round(performance.now() - began)} ms` : '';
    for (const { format, file } of this.chosen) {
      const text = this.written(format, file, results, [], shown, project);
      const ends = format === 'pretty' || format === 'concise' ? `${summary(results)}${took}\n` : '';
      this.print(text + ends, file);
    }
    if (!isSound(project)) this.noteErrors(project);
    return results.every(({ outcome }) => outcome.kind === 'passed') ? exit.fine : exit.findings;
  }

  /** Where files are not right in syntax or shape, no test says anything. */
  private unread(project: Project, shown: Shown): ExitCode {
    const errors = errorsOf(project);
    for (const { format, file } of this.chosen) {
      if (format === 'json' || format === 'junit')
        this.print(this.written(format, file, [], errors, shown, project), file);
    }
    const isTold = this.chosen.some(({ format, file }) => file === null && (format === 'json' || format === 'junit'));
    if (!isTold) {
      const { options, terminal } = this;
      terminal.err(prettyFindings(errors, project.sources, painter(options.color, 'err', terminal)));
      terminal.err(`${counted(errors)}; no test was run\n`);
    }
    return exitOf(errors);
  }

  private written(
    format: Format,
    file: string | null,
    results: readonly TestResult[],
    diagnostics: readonly Diagnostic[],
    shown: Shown,
    project: Project,
  ): string {
    switch (format) {
      case 'pretty':
        return file === null ? '' : results.map(result => prettyResult(result, { ...shown, paint: plain })).join('');
      case 'concise':
        return results.map(result => conciseResult(result, shown.sources)).join('');
      case 'json':
        return jsonResults(results, diagnostics, shown.sources);
      case 'junit':
        return junitResults(project.declaration?.name.text ?? 'metrics', results, diagnostics, shown);
    }
  }

  private print(text: string, file: string | null): void {
    if (file === null) this.terminal.out(text);
    else writeOutput(file, text, this.terminal);
  }

  /** Tests are questions: what is wrong elsewhere in a project does not touch them, but is not to be overlooked. */
  private noteErrors(project: Project): void {
    this.terminal.err(`note: ${counted(errorsOf(project))} in the definitions; \`metrics validate\` shows them\n`);
  }
}

const plain = (_: string, text: string) => text;

function summary(results: readonly TestResult[]): string {
  return results.length === 0 ? 'the project has no tests' : totals(results);
}

function errorsOf(project: Project): readonly Diagnostic[] {
  return project.diagnostics.filter(diagnostic => diagnostic.severity === 'error');
}

/** The tests whose names fit one of the patterns, in which `*` is any text and `?` one character; without patterns, all. */
function named(tests: readonly CheckedTest[], patterns: readonly string[]): readonly CheckedTest[] {
  if (patterns.length === 0) return tests;
  const matchers = patterns.map(pattern => {
    const text = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    const matcher = new RegExp(`^${text}$`);
    if (tests.some(({ name }) => matcher.test(name))) return matcher;
    const names = tests.map(({ name }) => name);
    const help = names.length === 0 ? 'the project has no tests' : didYouMean(nearest(pattern, names));
    throw new UsageError(`no test is called \`${pattern}\``, help ?? '`*` stands for any text: `metrics test "won_*"`');
  });
  return tests.filter(({ name }) => matchers.some(matcher => matcher.test(name)));
}

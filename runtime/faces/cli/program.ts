/** The commands and flags of `metrics`. What a command does is loaded when it is asked for. */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { productVersion } from '../../assets.ts';
import { languages } from '../words/language.ts';
import type { AlertsOptions } from './commands/alerts.ts';
import type { DocsOptions } from './commands/docs.ts';
import type { SchemaOptions } from './commands/schema.ts';
import type { ScorecardOptions } from './commands/scorecard.ts';
import type { ServeOptions } from './commands/serve.ts';
import { type ExitCode, exit, UsageError } from './exit.ts';
import { shellScript, shells } from './format/shells.ts';
import {
  type CommonOptions,
  type DiffOptions,
  type ExplainOptions,
  type FreezeOptions,
  type GenerateOptions,
  type LockOptions,
  listItems,
  type QueryOptions,
  type RunningOptions,
  type TestOptions,
  type ValidateOptions,
  type WhyOptions,
} from './options.ts';
import type { Terminal } from './terminal.ts';

/** Runs one command line; gives the exit code. */
export async function runProgram(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exit.fine;
  const program = build(terminal, result => {
    code = result;
  });
  try {
    if (words[0] === '__complete') {
      const { completions } = await import('./completing.ts');
      terminal.out(
        completions(program, words.slice(1), terminal.cwd)
          .map(word => `${word}\n`)
          .join(''),
      );
      return exit.fine;
    }
    await program.parseAsync([...words], { from: 'user' });
    return code;
  } catch (error) {
    if (isOfTheSystem(error)) {
      terminal.err(`error: ${error.message}\n`);
      return exit.environment;
    }
    if (error instanceof CommanderError) return error.exitCode === 0 ? exit.fine : exit.usage;
    if (!(error instanceof UsageError)) throw error;
    terminal.err(`error: ${error.message}\n${error.help === null ? '' : `  = help: ${error.help}\n`}`);
    return exit.usage;
  }
}

/** What the operating system refuses: a full disk, a folder without rights. */
function isOfTheSystem(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

function build(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  const program = new Command('metrics');
  program
    .description('Metrics as code: KPIs in YAML, checked, compiled to SQL and answered from the warehouse.')
    .version(productVersion(), '-V, --version', 'the version of the command')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showSuggestionAfterError(true)
    .enablePositionalOptions(false);

  const withCommon = (made: Command) => {
    made.exitOverride().configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
    made.option('--project <dir>', 'the folder of metrics.yaml (default: here, or the nearest above)');
    made.addOption(new Option('--color <when>', 'colour the output').choices(['auto', 'always', 'never']));
    return made;
  };
  const command = (name: string, description: string) => {
    return withCommon(program.command(name).description(description));
  };

  command('init', 'make a project that answers its first question without a server')
    .argument('[dir]', 'where to', '.')
    .addOption(new Option('--template <name>', 'what to begin with').choices(['start', 'crm']).default('start'))
    .action(async (dir: string, options: CommonOptions & { template: string }) => {
      const { init } = await import('./commands/init.ts');
      finish(await init(dir, options.template, terminal));
    });

  command('validate', 'every problem of the project, at its exact place')
    .addOption(
      formats(
        ['pretty', 'concise', 'json', 'github', 'gitlab', 'sarif', 'junit', 'markdown'],
        '`sarif=file` into a file',
      ),
    )
    .option('--max-warnings <n>', 'fail when there are more warnings', wholeNumber)
    .option('--fix', 'mend what can be mended safely')
    .option('--watch', 'judge it again whenever a definition changes')
    .option('--warehouse', 'hold tables, columns, types, keys, values and joins against the warehouse too')
    .option('--profile <name>', 'with --warehouse: a warehouse profile of the project')
    .option('--timeout <seconds>', 'with --warehouse: give up after so many seconds in all', seconds)
    .action(async (options: ValidateOptions) => {
      const { validate } = await import('./commands/validate.ts');
      finish(await validate(options, terminal));
    });

  command('test', "the project's tests, on rows in memory")
    .argument('[name...]', 'tests, `*` stands for any text; none for all')
    .addOption(formats(['pretty', 'concise', 'json', 'junit'], '`junit=file` into a file'))
    .option('--watch', 'run them again whenever a definition changes')
    .action(async (names: readonly string[], options: TestOptions) => {
      const { test } = await import('./commands/test.ts');
      finish(await test(names.flatMap(listItems), options, terminal));
    });

  const compile = command('compile', 'the SQL, without touching a warehouse').argument(
    '[metric...]',
    'metrics; none for each of the project',
  );
  withQuery(compile)
    .option('--dialect <name>', 'duckdb, postgres', 'duckdb')
    .addOption(
      new Option('--stage <stage>', 'print the result of an earlier stage')
        .choices(['document', 'model', 'plan', 'sql'])
        .default('sql'),
    )
    .action(async (metrics: readonly string[], options: QueryOptions & { dialect: string; stage: string }) => {
      const { compile: run } = await import('./commands/compile.ts');
      finish(await run(metrics, options, terminal));
    });

  withRunning(withQuery(command('query', 'the answer').argument('<metric...>', 'metrics of the project'))).action(
    async (metrics: readonly string[], options: RunningOptions) => {
      const { query } = await import('./commands/query.ts');
      finish(await query(metrics, options, terminal));
    },
  );

  withRunning(withQuery(command('rows', 'the rows behind a number').argument('<metric>', 'a metric of the project')))
    .option('--table <name>', 'which of the tables that the metric reads')
    .action(async (metric: string, options: RunningOptions) => {
      const { rows } = await import('./commands/query.ts');
      finish(await rows(metric, options, terminal));
    });

  asRole(command('scorecard', 'what a role is shown: metrics, goals, comparisons, alerts').argument('<role>', 'a role'))
    .option('--period <period>', 'in place of the periods that items name')
    .addOption(new Option('--format <format>', 'how to print it').choices(['table', 'json', 'html']).default('table'))
    .option('--out <file>', 'into a file')
    .action(async (role: string, options: ScorecardOptions) => {
      const { scorecard } = await import('./commands/scorecard.ts');
      finish(await scorecard(role, options, terminal));
    });

  asRole(command('alerts', 'what fires now; the exit code is 1 when something critical does'))
    .option('--as <role>', "a role's alerts, as the role")
    .addOption(new Option('--format <format>', 'how to print it').choices(['table', 'json']).default('table'))
    .action(async (options: AlertsOptions) => {
      const { alerts } = await import('./commands/alerts.ts');
      finish(await alerts(options, terminal));
    });

  withProfile(
    withScope(command('why', 'why a number moved, group by group').argument('<metric>', 'a metric of the project')),
  )
    .addOption(new Option('--format <format>', 'how to print it').choices(['table', 'json']).default('table'))
    .option('--threshold <number>', 'what each group is held against, in place of what it was: 0.7 or 70%')
    .option('--limit <n>', 'show so many groups of each dimension, and the others in one row', wholeNumber)
    .action(async (metric: string, options: WhyOptions) => {
      const { why } = await import('./commands/why.ts');
      finish(await why(metric, options, terminal));
    });

  command('generate', 'the typed client of the project, for TypeScript')
    .option('--out <file>', 'where to (default: metrics.gen.d.ts beside metrics.yaml)')
    .option('--as <role>', 'with the names that a role knows')
    .option('--check', 'write nothing; the exit code is 1 when the files are not as the definitions are')
    .action(async (options: GenerateOptions) => {
      const { generate } = await import('./commands/generate.ts');
      finish(await generate(options, terminal));
    });

  const baseline = program
    .command('baseline')
    .description('metrics as they stood: frozen once, and compared with later');
  baseline.exitOverride().configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  withCommon(baseline.command('freeze').description('freeze a baseline of the project as it stands'))
    .argument('<name>', 'a baseline of the project')
    .option('--as-of <date>', 'the day as of which the warehouse is asked (default: today)')
    .option('--profile <name>', 'a warehouse profile of the project')
    .option('--timeout <seconds>', 'give up after so many seconds', seconds)
    .action(async (name: string, options: FreezeOptions) => {
      const { freezeBaseline } = await import('./commands/baseline.ts');
      finish(await freezeBaseline(name, options, terminal));
    });

  command('lock', 'write down what metrics mean; refused where a meaning changed and its version did not')
    .option('--check', 'write nothing, and hold the project against what is written')
    .action(async (options: LockOptions) => {
      const { lock } = await import('./commands/lock.ts');
      finish(await lock(options, terminal));
    });

  command('diff', 'what a change does to meanings, to those who stand on them, and to the numbers')
    .requiredOption('--against <state>', 'a git ref, such as origin/main, or a folder')
    .option('--fail-on <effects>', 'exit code 1 for any of value, client, query, goal', collect)
    .option(
      '--format <formats>',
      'table, json, markdown, html; several with commas or repeated, `html=diff.html` into a file',
      collect,
    )
    .option('--out <file>', 'into a file')
    .option('--data', 'ask both states of the warehouse: old, new, difference, groups, goals and alerts that flip')
    .option('--period <period>', 'with --data: what is read (default: the last 12 months)')
    .option('--by <dims>', 'with --data: the dimensions whose groups are shown', collect)
    .option('--threshold <share>', 'with --data: how far metrics may move, 0.5% or won=0.5%', collect)
    .option('--as-of <date>', 'with --data: the day as of which it is asked (default: today)')
    .option('--profile <name>', 'with --data: a warehouse profile of the project')
    .option('--timeout <seconds>', 'with --data: give up on a statement after so many seconds', seconds)
    .action(async (options: DiffOptions) => {
      const { diff } = await import('./commands/diff.ts');
      finish(await diff(options, terminal));
    });

  command('explain', 'a metric: definition, lineage, SQL; or a diagnostic: cause and cure')
    .argument('<metric|code>', 'a metric, or a code such as M3002')
    .option('--dialect <name>', 'duckdb, postgres', 'duckdb')
    .option('--realism', 'hold a goal against the history of its metric')
    .option('--as-of <date>', 'with --realism: the day on which it is asked (default: today)')
    .option('--profile <name>', 'with --realism: a warehouse profile of the project')
    .option('--as <role>', 'as a role knows it')
    .option('--user <attribute>', 'an attribute of the user: region=EMEA', collect)
    .action(async (subject: string, options: ExplainOptions) => {
      const { explain } = await import('./commands/explain.ts');
      finish(await explain(subject, options, terminal));
    });

  command('docs', 'a catalogue of the project: pages that open without a server')
    .requiredOption('--out <dir>', 'the folder of the pages; what an earlier run wrote there is replaced')
    .option('--lang <languages>', 'en, es; the first is opened first (default: both)', collect)
    .option('--as <role>', 'as a role knows the project')
    .option('--as-of <date>', 'the day as of which SQL is shown that depends on it')
    .action(async (options: DocsOptions) => {
      const { docs } = await import('./commands/docs.ts');
      finish(await docs(options, terminal));
    });

  program
    .command('schema')
    .description('the JSON Schema of files of definitions, for editors')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .addArgument(new Argument('[kind]', 'of what').choices(['definitions', 'project', 'query']).default('definitions'))
    .option('--project [dir]', "with the project's own names")
    .action(async (kind: string, options: SchemaOptions) => {
      const { schema } = await import('./commands/schema.ts');
      finish(schema(kind, options, terminal));
    });

  program
    .command('completion')
    .description('the script that lets a shell complete commands, flags and names')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .addArgument(new Argument('<shell>', 'which').choices(shells))
    .action((name: string) => {
      const shell = shells.find(each => each === name);
      if (shell !== undefined) terminal.out(shellScript(shell));
      finish(exit.fine);
    });

  command('serve', 'the project over HTTP, for those who may ask')
    .option('--profile <name>', 'a warehouse profile of the project')
    .option('--port <n>', 'the port; 0 for any that is free', portNumber, 4400)
    .option('--host <name>', 'the address that is listened on', '127.0.0.1')
    .action(async (options: ServeOptions) => {
      const { serve } = await import('./commands/serve.ts');
      finish(await serve(options, terminal));
    });

  return program;
}

/** Several with commas, or repeated. */
function formats(names: readonly string[], example: string): Option {
  const option = new Option('--format <formats>', `several with commas or repeated; ${example}`).argParser(collect);
  option.argChoices = [...names];
  return option;
}

function portNumber(text: string): number {
  const value = wholeNumber(text);
  if (value > 65_535) throw new InvalidArgumentError('A port is from 0 to 65535.');
  return value;
}

/** What is read, by whom, and what it is held beside. */
function withScope(command: Command): Command {
  return command
    .option('--by <dims>', 'dimensions and a grain of time: rep.region,month', collect)
    .option(
      '--period <period>',
      '2026, 2026-Q1, 2026-03-05..2026-04-02, "last 12 months", "this quarter", "year to date", all',
    )
    .option('--where <condition>', 'a condition over dimensions', conjunction)
    .option('--compare <with>', 'prior_period, prior_year, prior_quarter, prior_month and their like', collect)
    .option('--as-of <date>', 'the day on which the question is asked (default: today)')
    .option('--as <role>', 'answer as a role')
    .option('--user <attribute>', 'an attribute of the user: region=EMEA', collect);
}

function withQuery(command: Command): Command {
  return withScope(command)
    .option('--having <condition>', 'a condition over metrics; it cuts rows and adds none', conjunction)
    .option('--like-for-like', 'compare what is not over yet with as many days of before')
    .option('--order <columns>', '"won_revenue desc,month"', collect)
    .option('--limit <n>', 'at most so many rows', wholeNumber)
    .option('--sparse', 'only buckets that have rows')
    .option('--complete <dims>', 'every member of these dimensions, with rows or without', collect);
}

function withRunning(command: Command): Command {
  return withProfile(
    command
      .addOption(
        new Option('--format <format>', 'how to print it')
          .choices(['table', 'json', 'csv', 'parquet'])
          .default('table'),
      )
      .option('--out <file>', 'into a file'),
  );
}

function withProfile(command: Command): Command {
  return command
    .option('--profile <name>', 'a warehouse profile of the project')
    .option('--timeout <seconds>', 'give up after so many seconds', seconds);
}

function asRole(command: Command): Command {
  return command
    .option('--user <attribute>', 'an attribute of the user: region=EMEA', collect)
    .option('--as-of <date>', 'the day on which it is asked (default: today)')
    .addOption(new Option('--lang <language>', 'the language of texts and numbers').choices(languages).default('en'))
    .option('--profile <name>', 'a warehouse profile of the project')
    .option('--timeout <seconds>', 'give up after so many seconds', seconds);
}

function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), ...listItems(text)];
}

function conjunction(text: string, before: string | undefined): string {
  return before === undefined ? text : `(${before}) and (${text})`;
}

/** Timers count milliseconds in 31 bits. */
const mostSeconds = 2_147_483;

function seconds(text: string): number {
  const value = wholeNumber(text);
  if (value < 1 || value > mostSeconds) throw new InvalidArgumentError(`It must be from 1 to ${mostSeconds}.`);
  return value;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

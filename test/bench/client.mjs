// The sixth part: the typed client of a large project, how long it takes to write, and what its types cost a compiler.
// Instantiations are exact, whatever else the machine does, so that they are held; seconds are printed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { against, median, milliseconds, table } from './figures.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const tableCount = 10;

/** Metrics on ten tables whose dimensions are the same, but for one of their own each. */
function definitions(metricCount, dimensionCount) {
  const shared = Array.from({ length: dimensionCount - tableCount }, (_, index) => {
    const type = ['type: string, values: [a, b, c]', 'type: string', 'type: date'][index % 3];
    return `      dim_${index}: { ${type}, dimension: dim_${index} }\n`;
  }).join('');
  const hidden = ['id: { type: string', 'amount: { type: decimal, unit: currency', 'day: { type: date'];
  const tables = Array.from({ length: tableCount }, (_, index) => {
    const columns = hidden.map(column => `      ${column}, private: true }\n`).join('');
    const head = `  fact_${index}:\n    from: fact_${index}\n    key: id\n    time: day\n    columns:\n`;
    return `${head}${columns}      own_${index}: string\n${shared}`;
  });
  const metrics = Array.from({ length: metricCount }, (_, index) => {
    const fact = `fact_${index % tableCount}`;
    const formula = [`sum(${fact}.amount)`, `count(${fact})`, `avg(${fact}.amount)`][index % 3];
    const said = `owner: team_${index % 7}, good: up, description: What number ${index} says of its rows.`;
    return `  metric_${index}: { formula: ${formula}, label: Metric ${index}, ${said} }\n`;
  });
  return `version: 1\nname: large\ncurrency: EUR\ntables:\n${tables.join('')}metrics:\n${metrics.join('')}`;
}

/** Calls that ask by what the metrics share, with grains, comparisons and conditions among them, and use what comes back. */
function calls(count, metricCount, dimensionCount) {
  const shared = dimensionCount - tableCount;
  const lines = Array.from({ length: count }, (_, index) => {
    const first = `metric_${(index * 3) % metricCount}`;
    const second = `metric_${(index * 3 + 1) % metricCount}`;
    // The second one of three is a plain text, which conditions can be on.
    const dimension = `dim_${(index * 3 + 4) % (shared - (shared % 3))}`;
    const names = index % 2 === 0 ? `m.${first}` : `m.${first}, '${second}'`;
    const more = [
      '',
      ", by: ['DIM', 'month']",
      ", by: ['DIM'], compare: ['prior_year']",
      ", by: ['DIM'], where: { DIM: 'x' }",
    ];
    const question = `{ metrics: [${names}]${more[index % more.length]} }`.replaceAll('DIM', dimension);
    const body = `  const { rows } = await client.query(${question});\n  return rows[0]?.${first};`;
    return `export async function call_${index}() {\n${body}\n}`;
  });
  return `import { connect } from 'sextant/client';\nimport { m, model } from './large.gen.js';\n\nconst client = connect(model, { url: '' });\n${lines.join('\n')}\n`;
}

export async function measureClient({ product, folder, sizes, writes, compilers, limit }) {
  const { metricCount, dimensionCount, callCount } = sizes;
  const text = definitions(metricCount, dimensionCount);
  const { document, diagnostics } = product.readDocument({ path: 'metrics.yaml', text }, 'project');
  const { model, diagnostics: findings } = product.resolve([document]);
  if (diagnostics.length + findings.length > 0)
    throw new Error(JSON.stringify([...diagnostics, ...findings].slice(0, 3)));
  const options = { name: 'large.gen', hash: '0123456789abcdef', role: null, meaningHash: name => name };
  const times = [];
  let files = [];
  for (let round = 0; round <= writes; round += 1) {
    const began = performance.now();
    files = await product.generateClient(model, options);
    times.push(performance.now() - began);
  }
  const [first, ...later] = times;
  const place = path.join(folder, 'client');
  mkdirSync(place, { recursive: true });
  for (const { suffix, text: written } of files) writeFileSync(path.join(place, `large.gen${suffix}`), written);
  writeFileSync(path.join(place, 'calls.ts'), calls(callCount, metricCount, dimensionCount));
  const compilerOptions = {
    ...{ target: 'es2022', lib: ['es2022', 'dom'], module: 'esnext', moduleResolution: 'bundler', types: [] },
    ...{ strict: true, noEmit: true, skipLibCheck: true },
    paths: { 'sextant/client': [path.join(root, 'client/client.d.ts')] },
  };
  writeFileSync(path.join(place, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['calls.ts'] }));
  const checks = compilers.map(compiler => ({ compiler, ...checked(compiler, place) }));
  const most = Math.max(...checks.map(({ instantiations }) => instantiations));
  if (most > limit) throw new Error(`the types of the client cost ${most} instantiations, more than ${limit}`);
  return { sizes, first, later: median(later), bytes: files[0].text.length, checks, limit };
}

function checked(compiler, folder) {
  const tsc = path.join(root, 'node_modules', compiler, 'bin/tsc');
  const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', folder, '--extendedDiagnostics'], {
    encoding: 'utf8',
  });
  const figure = name => Number(new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(stdout)?.[1] ?? Number.NaN);
  if (status !== 0 || Number.isNaN(figure('Instantiations'))) throw new Error(`${compiler}:\n${stdout.slice(0, 2000)}`);
  return { instantiations: figure('Instantiations'), check: figure('Check time') * 1000 };
}

export function printClient({ sizes, first, later, bytes, checks, limit }) {
  const { metricCount, dimensionCount, callCount } = sizes;
  const aim = metricCount >= 1000 ? against(later, 1000, milliseconds) : milliseconds(later);
  return [
    `${metricCount} metrics by ${dimensionCount} dimensions: ${Math.round(bytes / 1024)} KB of types in ${aim}, the first time, with what writes them`,
    `loaded, in ${milliseconds(first)}. Its types with ${callCount} questions, of which no more than ${limit} instantiations are let pass:`,
    '',
    table(
      ['compiler', 'instantiations', 'check'],
      checks.map(({ compiler, instantiations, check }) => [compiler, `${instantiations}`, milliseconds(check)]),
    ),
  ].join('\n');
}

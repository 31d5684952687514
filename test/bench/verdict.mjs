// The seventh part: `metrics validate` from the start of the process to its end, cold and after one file was touched, without
// the rules of the project and with all of them.
import { appendFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { against, median, milliseconds, table } from './figures.mjs';
import { touchProject, writeProject } from './model.mjs';
import { command, timed } from './start.mjs';

const aims = { 500: { touched: 400 }, 1000: { cold: 1000, touched: 600 }, 10000: { cold: 5000, touched: 4000 } };

/** What the metrics of the bench are held to, and found to be: nothing is wrong with them. */
const rules = `rules:
  owner: { severity: error, except: ["kind:table"] }
  description: { severity: error, except: ["kind:table"] }
  direction: error
  time_axis: error
  certified_on_certified: error
  deprecated_used: error
  duplicate_metric: info
  unused_metric: info
`;

export function measureVerdicts({ folder, metricCounts, runs }) {
  return metricCounts.flatMap(metricCount =>
    ['without', 'with'].map(kind => {
      const project = path.join(folder, `verdict-${metricCount}-${kind}`);
      const size = writeProject(project, metricCount);
      if (kind === 'with') appendFileSync(path.join(project, 'metrics.yaml'), rules);
      const cold = [];
      const touched = [];
      for (let run = 1; run <= runs; run += 1) {
        rmSync(path.join(project, '.sextant'), { recursive: true, force: true });
        cold.push(validated(project, size));
        touchProject(project, size, 1000 + run);
        touched.push(validated(project, size));
      }
      return { metricCount, kind, cold: median(cold), touched: median(touched) };
    }),
  );
}

export function printVerdicts(results, runs) {
  const time = (elapsed, aim) => (aim === undefined ? milliseconds(elapsed) : against(elapsed, aim, milliseconds));
  const rows = results.map(({ metricCount, kind, cold, touched }) => {
    const aim = aims[metricCount] ?? {};
    const shown = kind === 'without' ? [`${metricCount}`, 'the language'] : ['', 'and its rules'];
    return [...shown, time(cold, aim.cold), time(touched, aim.touched)];
  });
  return [
    `\`metrics validate\` from the start of the process to its end (medians of ${runs}): what the language holds against a`,
    'project, and with it eight rules of its own.',
    '',
    table(['metrics', 'held to', 'cold: no cache', 'one file touched'], rows),
  ].join('\n');
}

function validated(project, { metricCount }) {
  const { elapsed, error } = timed([command, 'validate', '--format', 'json=/dev/null', '--project', project]);
  if (error !== '' && !/^\d+ infos in /m.test(error))
    throw new Error(`${metricCount} metrics are not sound:\n${error}`);
  return elapsed;
}

/** A worker of the long run: asks the questions of one task after the other, and makes what goes wrong small. */
import pg from 'pg';
import { dialectNamed } from '../../../compiler/index.ts';
import { ask, told } from '../campaign.ts';
import { type Engine, stuck } from '../check.ts';
import { shrink } from '../shrink.ts';
import { openDuckDB, type Worlds, worldsIn } from '../warehouse.ts';
import type { Done, EngineName, Task } from './task.ts';

const [server = ''] = process.argv.slice(2);
const opened = new Map<EngineName, Promise<readonly Engine[]>>();

/** Two connections: while one engine works, the next question is made. */
function open(name: EngineName): Promise<readonly Engine[]> {
  const dialect = dialectNamed(name);
  if (dialect === null) throw new Error(`no dialect ${name}`);
  const known = opened.get(name);
  if (known !== undefined) return known;
  const make = async (index: number): Promise<Engine> => ({
    dialect,
    warehouse: name === 'duckdb' ? await openDuckDB() : await openPostgres(index),
  });
  const made = Promise.all([make(0), make(1)]);
  opened.set(name, made);
  return made;
}

async function openPostgres(index: number): Promise<Worlds> {
  const name = `worker_${process.pid}_${index}`;
  const admin = new pg.Client(server);
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const client = new pg.Client(server.replace(/[^/]*$/, name));
  await client.connect();
  return worldsIn(client);
}

async function run({ engine, seed, worlds, forms }: Task): Promise<Done> {
  const lanes = await open(engine);
  const { answered, refused, questions, failures } = await ask(lanes, { worlds, seed, forms, most: 3 });
  const isLast = failures.some(({ problem }) => problem.class === stuck);
  const found: { seed: number; text: string }[] = [];
  for (const failure of failures) {
    const [first] = lanes;
    const smallest = first === undefined || isLast ? failure : await shrink(failure, first);
    found.push({ seed: failure.seed, text: told(smallest) });
  }
  return { answered, refused, questions, failures: found, isLast };
}

process.on('message', (task: Task) => {
  run(task).then(
    done => process.send?.(done),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});

// The server on loopback: requests a second of small questions that are kept and of those that are not, the latency at the
// 99th percentile, and the memory of the process over all of them.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { megabytes } from './figures.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const command = path.join(here, '../../dist/metrics.js');
/** With it the server says how much memory is in use after all that nobody uses has been collected. */
const probe = ['--expose-gc', '--import', path.join(here, 'heap-probe.mjs')];
/** Connections that ask at once, each one question after the other. */
const connections = 16;

const definitions = `version: 1
name: served
serve: { anonymous: everybody, limits: { fresh_seconds: 0 } }
tables:
  deals:
    from: deals.csv
    key: deal_id
    columns: { deal_id: integer, region: string, amount: decimal }
metrics:
  revenue: { formula: sum(deals.amount) }
  deal_count: { formula: count(deals) }
roles:
  everybody: { sees: all }
`;

/** A project of a thousand deals, whose sum is known. */
function makeProject(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'metrics.yaml'), definitions);
  const lines = Array.from({ length: 1000 }, (_, index) => `${index},r${index % 4},${index}`);
  writeFileSync(path.join(folder, 'deals.csv'), `deal_id,region,amount\n${lines.join('\n')}\n`);
}

async function startServer(folder) {
  const child = spawn(process.execPath, [...probe, command, 'serve', '--port', '0', '--project', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = createInterface({ input: child.stderr });
  const port = await new Promise((resolve, reject) => {
    child.stdout.on('data', data => {
      const found = /:(\d+)\n/.exec(String(data))?.[1];
      if (found !== undefined) resolve(Number(found));
    });
    child.once('exit', () => reject(new Error('the server has ended')));
  });
  const stop = () =>
    new Promise((resolve, reject) => {
      child.removeAllListeners('exit');
      child.once('exit', code => (code === 0 ? resolve() : reject(new Error(`the server has ended with ${code}`))));
      child.kill('SIGTERM');
    });
  const memory = () =>
    new Promise((resolve, reject) => {
      const read = line => {
        const text = /^memory (.*)$/.exec(line)?.[1];
        if (text === undefined) return;
        said.off('line', read);
        resolve(JSON.parse(text));
      };
      said.on('line', read);
      child.once('exit', () => reject(new Error('the server has ended')));
      child.kill('SIGUSR2');
    });
  return { port, stop, memory };
}

const agent = new http.Agent({ keepAlive: true, maxSockets: connections });

function send(port, where, body) {
  return new Promise((resolve, reject) => {
    const options = {
      agent,
      port,
      path: where,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    };
    const request = http.request(options, response => {
      let text = '';
      response.on('data', data => {
        text += data;
      });
      response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(text))));
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Asks so many questions; gives how many were answered a second, and how long the slowest of a hundred took. */
async function load(port, count, questionOf, check) {
  const times = [];
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let index = next++; index < count; index = next++) {
        const sent = performance.now();
        check(JSON.parse(await send(port, '/query', JSON.stringify(questionOf(index)))), index);
        times.push(performance.now() - sent);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  return { perSecond: count / seconds, middle: times[Math.floor(count / 2)], late: times[Math.floor(count * 0.99)] };
}

const kept = { metrics: ['revenue', 'deal_count'], by: ['region'] };
/** The sum of what is below the bound is known, so that each answer is held against it. */
const asked = index => ({ metrics: ['revenue'], where: `deal_id < ${index % 1000} and deal_id < ${index + 1000}` });

function checkKept({ rows }) {
  const total = rows.reduce((sum, row) => sum + Number(row.revenue), 0);
  if (rows.length !== 4 || total !== 499_500) throw new Error(`a wrong answer: ${JSON.stringify(rows)}`);
}

function checkAsked({ rows }, index) {
  const below = index % 1000;
  if (Number(rows[0].revenue) !== (below * (below - 1)) / 2) throw new Error(`a wrong answer: ${JSON.stringify(rows)}`);
}

export async function measureServe({ folder, requests }) {
  const project = path.join(folder, 'served');
  makeProject(project);
  const { port, stop, memory } = await startServer(project);
  try {
    await load(port, Math.ceil(requests / 10), asked, checkAsked);
    const before = await memory();
    const fromCache = await load(port, Math.ceil(requests / 2), () => kept, checkKept);
    const between = await memory();
    const shift = Math.ceil(requests / 10);
    const fromWarehouse = await load(
      port,
      Math.floor(requests / 2),
      index => asked(index + shift),
      (answer, index) => checkAsked(answer, index + shift),
    );
    const after = await memory();
    return { requests, fromCache, fromWarehouse, memory: [before, between, after] };
  } finally {
    agent.destroy();
    await stop();
  }
}

export function printServe({ requests, fromCache, fromWarehouse, memory }) {
  const line = (name, { perSecond, middle, late }) =>
    `${name.padEnd(26)} ${perSecond.toFixed(0).padStart(7)} ${middle.toFixed(1).padStart(9)} ${late.toFixed(1).padStart(9)}`;
  return [
    `${connections} connections, ${requests} requests over loopback; the client has the same cores.`,
    `${''.padEnd(26)} ${'a second'.padStart(7)} ${'median ms'.padStart(9)} ${'p99 ms'.padStart(9)}`,
    line('kept', fromCache),
    line('asked of the warehouse', fromWarehouse),
    `memory of the server after warming up, what is kept, and what is asked: ${memory.map(({ rss }) => megabytes(rss)).join(', then ')};`,
    `of it in use after collecting: ${memory.map(({ heapUsed }) => `${(heapUsed / 1024 / 1024).toFixed(1)} MB`).join(', then ')}. Answers of what is asked are kept, too, up to 64 MB.`,
  ].join('\n');
}

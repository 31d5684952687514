/**
 * The client: questions in, rows of the types that `client.d.ts` promises out. It runs in browsers as in Node, over HTTP or
 * whatever else carries its questions. Its types are written by hand in `client.d.ts`: what is here has no more than it needs.
 */
import type { AskOptions, Body, ConnectOptions, Head, Meanings, OnDrift, Transport } from './client.d.ts';
import { readRow } from './decode.ts';
import { DriftWatch } from './drift.ts';
import { MetricsError } from './error.ts';
import { http } from './http.ts';

export { MetricsError } from './error.ts';
export { inProcess } from './session.ts';

/** What a generated client says of itself. */
interface GeneratedModel {
  readonly hash: string;
  readonly meanings: () => Promise<Meanings>;
}

export function connect(model: GeneratedModel, options: ConnectOptions) {
  return clientOf(model, http(options), options);
}

export function clientOf(
  model: GeneratedModel,
  transport: Transport,
  { onDrift = 'warn' }: { readonly onDrift?: OnDrift } = {},
) {
  const watch = new DriftWatch(model, onDrift);
  return {
    async query(question: Body, options: AskOptions = {}) {
      const ask = () => transport.query({ ...question, model: watch.knownOf(question) }, options);
      const answer = await watch.judged(await ask(), ask);
      const { columns, meta } = answer;
      return {
        columns,
        meta,
        rows: answer.rows.map(row => readRow(columns, valuesOf(row))),
      };
    },

    async *stream(question: Body, options: AskOptions = {}) {
      const open = () => opened(transport.stream({ ...question, model: watch.knownOf(question) }, options));
      let { items, ...head } = await open();
      try {
        const { columns } = await watch.judged(head, async () => {
          await items.return?.();
          ({ items, ...head } = await open());
          return head;
        });
        for (let next = await items.next(); next.done !== true; next = await items.next()) {
          const row = next.value;
          if (isList(row)) yield readRow(columns, valuesOf(row));
        }
      } finally {
        await items.return?.();
      }
    },
  };
}

/** The head of a stream, and what comes behind it. */
async function opened(stream: ReturnType<Transport['stream']>) {
  const items = stream[Symbol.asyncIterator]();
  const { value: head } = await items.next();
  if (head !== undefined && !isList(head)) return { ...head, items };
  await items.return?.();
  throw new MetricsError('unreadable', 'the answer has no head');
}

function isList(item: Head | readonly unknown[]): item is readonly unknown[] {
  return Array.isArray(item);
}

function valuesOf(row: unknown) {
  return (name: string, index: number): unknown => {
    if (Array.isArray(row)) return row[index];
    return isRecord(row) ? row[name] : undefined;
  };
}

function isRecord(row: unknown): row is Readonly<Record<string, unknown>> {
  return typeof row === 'object' && row !== null;
}

/** Every name is its own value, whatever is asked for: that there is such a metric is up to types, and to whoever answers. */
export function names() {
  return new Proxy({}, { get: (_, name) => name });
}

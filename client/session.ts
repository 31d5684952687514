/** Questions to a session of the same process, as whoever the client is made for. */
import type { Drift, Head, Session, Transport } from './client.d.ts';
import { has, refusalOf, whole } from './error.ts';

export function inProcess<P>(session: Session<P>, principal: P): Transport {
  return {
    async query({ model, ...question }, { signal }) {
      const { columns, rows, meta } = await refusing(() => session.query(question, { principal, signal }));
      return { columns, rows, meta: { ...meta, drift: driftOf(session, principal, model) } };
    },
    async *stream({ model, ...question }, { signal }) {
      const rows = await refusing(() => session.stream(question, { principal, signal }));
      const head: Head = { columns: rows.columns, meta: { ...rows.meta, drift: driftOf(session, principal, model) } };
      const items = rows[Symbol.asyncIterator]();
      // Rows are begun before the head is handed over: a stream that nobody began could not be given up.
      let next = await refusing(() => items.next());
      try {
        yield head;
        for (; next.done !== true; next = await refusing(() => items.next())) yield next.value;
      } finally {
        await items.return?.();
      }
      whole(rows.end);
    },
  };
}

function driftOf<P>(session: Session<P>, principal: P, model: unknown): readonly Drift[] {
  return isKnown(model) ? session.drift(model.metrics, { principal }) : [];
}

function isKnown(model: unknown): model is { readonly metrics: Readonly<Record<string, string>> } {
  return has(model, 'metrics');
}

/** What a session refuses says its code and its findings; anything else is a bug, and stays what it is. */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw (has(cause, 'diagnostics') ? refusalOf(cause, { cause }) : null) ?? cause;
  }
}

/** Questions over HTTP to `metrics serve`: an answer as JSON, or line by line. */
import type { AskOptions, Body, ConnectOptions, Head, Transport } from './client.d.ts';
import { has, MetricsError, refusalOf, whole } from './error.ts';

export function http({ url, token, fetch: given }: ConnectOptions): Transport {
  const send = async (body: Body, accept: string, { signal }: AskOptions) => {
    const bearer = typeof token === 'function' ? await token() : token;
    const headers = {
      'content-type': 'application/json',
      accept,
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    };
    const request = { method: 'POST', headers, body: JSON.stringify(body), signal: signal ?? null };
    const response = await reached(() => (given ?? fetch)(`${url.replace(/\/$/, '')}/query`, request), signal);
    if (!response.ok) throw refusal(await reached(() => response.text(), signal), response.status);
    return response;
  };
  return {
    async query(body, options) {
      const response = await send(body, 'application/json', options);
      const answer = parsed(await reached(() => response.text(), options.signal));
      if (!isHead(answer) || !('rows' in answer) || !Array.isArray(answer.rows)) throw unreadable();
      return { columns: answer.columns, meta: answer.meta, rows: answer.rows };
    },
    async *stream(body, options) {
      const response = await send(body, 'application/x-ndjson', options);
      if (response.body === null) throw unreadable();
      for await (const line of linesOf(response.body, options.signal)) {
        const item = parsed(line);
        if (Array.isArray(item) || isHead(item)) yield item;
        else if (has(item, 'error')) throw refusal(line, null);
        else if (has(item, 'end')) return whole(item.end);
      }
      throw new MetricsError('unreadable', 'the answer broke off');
    },
  };
}

async function* linesOf(body: ReadableStream<Uint8Array>, signal: AbortSignal | undefined): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reached(() => reader.read(), signal);
      const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines.filter(line => line !== '');
      if (done) break;
    }
    if (rest !== '') yield rest;
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** What the network did not bring; what the caller has called off stays what it is. */
async function reached<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    throw new MetricsError('unreachable', 'the server cannot be reached', { cause });
  }
}

/** The findings of an error's body: `{ "error": { "code", "message", "help", "diagnostics" } }`. */
function refusal(text: string, status: number | null): MetricsError {
  const body = parsed(text, null);
  const found = has(body, 'error') ? refusalOf(body.error, { status }) : null;
  return found ?? new MetricsError('unreadable', `the server answered ${status}, and not why`, { status });
}

function parsed(text: string, otherwise?: null): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (otherwise === null) return null;
    throw unreadable();
  }
}

const unreadable = () => new MetricsError('unreadable', 'the answer is none');

function isHead(value: unknown): value is Head {
  return has(value, 'columns') && Array.isArray(value.columns) && has(value, 'meta') && has(value.meta, 'model');
}

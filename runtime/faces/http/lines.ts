/** Answers line by line (NDJSON): the columns, a list for each row, and the end, or why it broke off. Lines are made when they are wanted. */
import type { RowStream } from '../../index.ts';
import type { Fault } from './faults.ts';

/** So much is sent together. */
const piece = 64 * 1024;

export function linesOf(
  head: unknown,
  rows: RowStream,
  { failed, ended }: { readonly failed: (error: unknown) => Fault['body']; readonly ended: (rows: number) => void },
): ReadableStream<Uint8Array> {
  const lines = everyLine(head, rows, failed, ended);
  const encoder = new TextEncoder();
  return new ReadableStream(
    {
      async pull(controller) {
        let text = '';
        while (text.length < piece) {
          const { value, done } = await lines.next();
          if (done === true) {
            if (text !== '') controller.enqueue(encoder.encode(text));
            controller.close();
            return;
          }
          text += `${value}\n`;
        }
        controller.enqueue(encoder.encode(text));
      },
      async cancel() {
        await lines.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}

async function* everyLine(
  head: unknown,
  rows: RowStream,
  failed: (error: unknown) => Fault['body'],
  ended: (rows: number) => void,
): AsyncGenerator<string, undefined> {
  let count = 0;
  try {
    yield JSON.stringify(head);
    for await (const row of rows) {
      count += 1;
      yield JSON.stringify(row);
    }
    yield JSON.stringify({ end: rows.end });
  } catch (error) {
    yield JSON.stringify(failed(error));
  } finally {
    ended(count);
  }
  return undefined;
}

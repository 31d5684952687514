/** Processes that are asked one thing at a time, and replaced where they hang or die. */
import { type ChildProcess, fork } from 'node:child_process';

export type Answer<T> = T | { readonly lost: 'hung' | 'died' };

export class Helper<Request extends object, Reply> {
  private process: ChildProcess | null = null;

  constructor(
    private readonly program: string,
    private readonly words: readonly string[],
  ) {}

  /** What it says to a request; it has so many milliseconds for that. */
  async ask(request: Request, limit: number): Promise<Answer<Reply>> {
    const helper = this.process ?? (await this.start());
    const answer = await new Promise<Answer<Reply>>((resolve, reject) => {
      const timer = setTimeout(() => done({ lost: 'hung' }), limit);
      const done = (given: Answer<Reply>) => {
        clearTimeout(timer);
        helper.removeAllListeners('message').removeAllListeners('exit');
        resolve(given);
      };
      helper.once('message', message => {
        const { reply, error }: { reply?: Reply; error?: string } = JSON.parse(String(message));
        if (reply === undefined) reject(new Error(error));
        else done(reply);
      });
      helper.once('exit', () => done({ lost: 'died' }));
      helper.send(request);
    });
    if (isLost(answer)) this.kill();
    return answer;
  }

  private start(): Promise<ChildProcess> {
    // A group of its own, so that what it starts ends with it.
    const helper = fork(this.program, this.words, {
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: ['--max-old-space-size=4096', '--stack-size=1500'],
    });
    this.process = helper;
    return new Promise((resolve, reject) => {
      helper.once('message', () => {
        helper.removeAllListeners('exit');
        resolve(helper);
      });
      helper.once('exit', code => reject(new Error(`${this.program} ended with ${code} before it was asked`)));
    });
  }

  private kill(): void {
    const { pid } = this.process ?? {};
    this.process = null;
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }

  /** Lets it end what it has started. */
  async end(): Promise<void> {
    const helper = this.process;
    this.process = null;
    if (helper === null || helper.exitCode !== null) return;
    const gone = new Promise(resolve => helper.once('exit', resolve));
    helper.disconnect();
    await gone;
  }
}

export function isLost<T>(answer: Answer<T>): answer is { readonly lost: 'hung' | 'died' } {
  return typeof answer === 'object' && answer !== null && 'lost' in answer;
}

/** Gives every item to the first helper that is free. */
export async function shared<Item, Worker>(
  items: readonly Item[],
  workers: readonly Worker[],
  work: (item: Item, worker: Worker) => Promise<void>,
): Promise<void> {
  const left = items.values();
  await Promise.all(
    workers.map(async worker => {
      for (const item of left) await work(item, worker);
    }),
  );
}

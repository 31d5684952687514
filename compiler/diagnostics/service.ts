/** M1 and M9 of a process that answers for many: requests that are none, and what is refused for the sake of the others. */
import { define } from './diagnostic.ts';

export const notJson = define<{ detail: string }>('M1029', 'a request that is not JSON', p => ({
  message: `the body of the request is no question: ${p.detail}`,
  help: 'send JSON: `{"metrics": ["won_revenue"], "by": ["rep.region"]}`',
}));

export const largeBody = define<{ limit: string }>('M1030', 'a request that is too large', p => ({
  message: `the body of the request is larger than ${p.limit}`,
  help: 'a question is short: many values are better joined to in the warehouse',
}));

export const otherBody = define('M1031', 'a request of another type', () => ({
  message: 'the body of the request is not declared as JSON',
  help: 'send `Content-Type: application/json`',
}));

export const busy = define<{ running: number; waiting: number }>('M9021', 'a question when too many wait', p => ({
  message: `${p.running} questions are being answered and ${p.waiting} wait: no more are taken`,
  help: 'ask again in a moment',
}));

/** `id` stands in the log beside what happened. */
export const internalFault = define<{ id: string }>('M9022', 'a fault of the program', p => ({
  message: `a fault of the program itself, noted as ${p.id}`,
  help: 'whoever runs the server finds it under that number in the log',
}));

export const noSuchPath = define<{ path: string }>('M9023', 'a path that leads nowhere', p => ({
  message: `there is nothing at ${p.path}`,
  help: 'the paths are listed in /openapi.json',
}));

export const otherMethod = define<{ path: string; allowed: string }>(
  'M9024',
  'a method that a path does not have',
  p => ({
    message: `${p.path} takes ${p.allowed}`,
  }),
);

/** `detail` is a sentence without its end. */
export const brokenRequest = define<{ detail: string }>('M9025', 'a request that came to nothing', p => ({
  message: p.detail,
  help: 'send it again, in one piece',
}));

export const shuttingDown = define('M9026', 'a question while the server ends', () => ({
  message: 'the server is ending, and takes no more questions',
  help: 'ask again in a moment',
}));

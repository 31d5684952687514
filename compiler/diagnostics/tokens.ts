/** M7 of a server: who asks is said by a token, and what the project says about tokens. */
import { define } from './diagnostic.ts';

/** `reason` is the end of a sentence; no word of the token is in it. */
export const badToken = define<{ reason: string }>('M7021', 'a token that is not accepted', p => ({
  message: `the token is not accepted: ${p.reason}`,
  help: 'get a new token from whoever issues them',
}));

export const noToken = define('M7020', 'a question without a token', () => ({
  message: 'there is no token that says who asks',
  help: 'send one: `Authorization: Bearer ...`',
}));

/** `reason` is the end of a sentence. */
export const badClaim = define<{ claim: string; reason: string }>('M7022', 'a claim that says nothing usable', p => ({
  message: `the claim \`${p.claim}\` of the token ${p.reason}`,
  help: 'whoever issues the tokens must put it right',
}));

/** `what` is the end of a sentence. */
export const notAllowed = define<{ what: string; help?: string | undefined }>(
  'M7023',
  'something that a role may not do',
  p => ({ message: `the role that asks may not ${p.what}`, help: p.help }),
);

/** What the project says about serving, and cannot be. */
export const serveWrong = define<{ detail: string; help?: string | undefined }>(
  'M7024',
  'a `serve:` that cannot be used',
  p => ({ message: p.detail, help: p.help }),
);

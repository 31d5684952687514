/** Policy: what a project's `rules:` say of definitions that are right in everything else, and what it allows all the same. */
export { type Allowed, allow } from './allow.ts';
export { judgeRules } from './policy.ts';

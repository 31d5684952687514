/** Render: plans in, SQL for one dialect out. */
export type { Dialect } from './dialect.ts';
export { dialectNamed, dialectNames } from './dialects.ts';
export type { SqlParameter } from './document.ts';
export { Lack } from './lack.ts';
export { render } from './render.ts';
export type { Statement } from './statement.ts';

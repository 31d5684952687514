/** Parse: formula text in, `Expression` out; and back. */
export * from './expression.ts';
export { parseFormula, reservedWords } from './parser.ts';
export { printFormula } from './print.ts';

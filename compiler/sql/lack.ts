/** What a dialect cannot say: thrown while a statement is written, and told as a finding where it is asked for. */

/** `what` is a plural (`remainders of floats`), `help` a way round it. */
export class Lack extends Error {
  constructor(
    readonly what: string,
    readonly help: string,
  ) {
    super(what);
    this.name = 'Lack';
  }
}

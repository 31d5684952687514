/** Who asks, and how long and how much they want at most. There is no default for who: it is said on every call. */

/** `everything` sees all rows and names; otherwise the answer is that of a role, for what is known of one user. */
export type Principal =
  | 'everything'
  | { readonly as: string; readonly user?: Readonly<Record<string, unknown>> | undefined };

export interface Asker {
  readonly principal: Principal;
  /** Aborted when the answer is no longer wanted: what is under way for it alone is stopped. */
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  readonly maxRows?: number | undefined;
  /** About what the rows may take in memory. */
  readonly maxBytes?: number | undefined;
}

/** The part of a question that says who asks. */
export function askedBy(principal: Principal): {
  readonly as?: string;
  readonly user?: Readonly<Record<string, unknown>>;
} {
  if (principal === 'everything') return {};
  const { as, user } = principal;
  return user === undefined ? { as } : { as, user };
}

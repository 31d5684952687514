/** Access: which rows of each table a plan may read. Every scan asks here, and there is no other way to rows. */
import type { RowExpression } from '../model.ts';
import { type Audience, type Principal, sightOf } from '../resolve/index.ts';
import type { Policy } from './plan.ts';

/** All rows of a table under a policy, or those that pass a rule. */
export type Permission =
  | { readonly kind: 'all'; readonly policy: Policy }
  | { readonly kind: 'rule'; readonly rule: RowExpression; readonly audience: Audience };

export interface Access {
  readonly of: (table: string) => Permission;
  /** The same with the rows that a role's benchmark has besides. */
  readonly wider: Access;
}

/** What somebody may read. Tables that are closed are noted: then there is no plan. */
export class OwnAccess implements Access {
  readonly wider: Access;
  private readonly asked = new Set<string>();

  constructor(private readonly principal: Principal | null) {
    this.wider = everWider(table => this.seen(table, 'benchmark'));
  }

  of(table: string): Permission {
    return this.seen(table, 'own');
  }

  private seen(table: string, audience: Audience): Permission {
    const sight = sightOf(this.principal, table, audience);
    switch (sight.kind) {
      case 'rule':
        return { ...sight, audience };
      case 'closed':
        this.asked.add(table);
        return { kind: 'all', policy: { kind: 'closed' } };
      case 'all':
        return { kind: 'all', policy: { kind: 'everything' } };
    }
  }

  /** The first of the closed tables that were to be read. */
  get closed(): string | null {
    return [...this.asked].sort()[0] ?? null;
  }
}

/** What is read to decide on the rows of one table: the rule is about the whole database, not about what it leaves. */
export function deciding(table: string, audience: Audience): Access {
  return everWider(() => ({ kind: 'all', policy: { kind: 'deciding', on: table, audience } }));
}

/** Access beyond which there is none. */
function everWider(of: Access['of']): Access {
  const access: Access = {
    of,
    get wider() {
      return access;
    },
  };
  return access;
}

/** What a project file says about serving: its nodes in, the declaration out. What of it can be used is judged elsewhere. */
import type { Word } from './document.ts';
import { child, type Node } from './node.ts';
import { entries, items, keyWord, text, word, words } from './words.ts';

export interface ServeDeclaration {
  readonly at: Word['at'];
  readonly tokens: TokensDeclaration | null;
  /** The claim that names the role. */
  readonly role: Word | null;
  /** By attribute of the user, the claim that has its value. */
  readonly user: readonly { readonly attribute: Word; readonly claim: string }[];
  /** The role of those who bring no token. */
  readonly anonymous: Word | null;
  /** Roles that may ask as another. */
  readonly actAs: readonly Word[];
  /** Roles that may see the SQL. */
  readonly sql: readonly Word[];
  readonly origins: readonly Word[];
  readonly limits: Readonly<Partial<Record<ServeLimit, number>>>;
}

export interface TokensDeclaration {
  readonly at: Word['at'];
  readonly issuer: string;
  readonly audience: string;
  /** Null where those that fit the key are meant. */
  readonly algorithms: readonly Word[] | null;
  /** By what they are verified. */
  readonly keys: readonly { readonly kind: KeyKind; readonly at: Word['at']; readonly from: Word }[];
}

/** A variable of the environment, a file of one key, or a file of several. */
export type KeyKind = (typeof keyKinds)[number];
export const keyKinds = ['secret', 'public_key', 'jwks'] as const;

export type ServeLimit = (typeof serveLimits)[number];
export const serveLimits = [
  'at_once',
  'waiting',
  'streams',
  'seconds',
  'rows',
  'megabytes',
  'cache_megabytes',
  'fresh_seconds',
  'body_kilobytes',
  'connections',
] as const;

export function declareServe(node: Node | undefined): ServeDeclaration | null {
  if (node === undefined) return null;
  const limits = child(node, 'limits');
  return {
    at: node.at,
    tokens: tokensOf(child(node, 'tokens')),
    role: word(child(child(node, 'role'), 'claim')),
    user: entries(child(node, 'user')).flatMap(entry => {
      const claim = text(child(entry.value, 'claim'));
      return claim === null ? [] : [{ attribute: keyWord(entry), claim }];
    }),
    anonymous: word(child(node, 'anonymous')),
    actAs: items(child(node, 'act_as')).flatMap(item => word(item) ?? []),
    sql: items(child(node, 'sql')).flatMap(item => word(item) ?? []),
    origins: words(child(node, 'origins')),
    limits: Object.fromEntries(
      serveLimits.flatMap(name => {
        const value = text(child(limits, name));
        return value === null ? [] : [[name, Number(value)] as const];
      }),
    ),
  };
}

function tokensOf(node: Node | undefined): TokensDeclaration | null {
  if (node === undefined) return null;
  const algorithms = child(node, 'algorithms');
  return {
    at: node.at,
    issuer: text(child(node, 'issuer')) ?? '',
    audience: text(child(node, 'audience')) ?? '',
    algorithms: algorithms === undefined ? null : words(algorithms),
    keys: keyKinds.flatMap(kind => {
      const from = word(child(node, kind));
      return from === null ? [] : [{ kind, at: from.at, from }];
    }),
  };
}

/** What a project file says about serving: its nodes in, the declaration out. What of it can be used is judged elsewhere. */
import { keyKinds, type ServeDeclaration, serveLimits, type TokensDeclaration } from './document.ts';
import { child, entryOf, type MapEntry, type Node } from './node.ts';
import { entries, items, keyWord, text, word, words } from './words.ts';

export function declareServe(root: Node): ServeDeclaration | null {
  const entry = entryOf(root, 'serve');
  if (entry === undefined) return null;
  const node = entry.value;
  const role = child(node, 'role');
  const limits = child(node, 'limits');
  return {
    at: entry.keyAt,
    tokens: tokensOf(entryOf(node, 'tokens')),
    // What is of the wrong shape has been told, and is there all the same.
    role: word(child(role, 'claim')) ?? (role === undefined ? null : { text: '', at: role.at }),
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

function tokensOf(entry: MapEntry | undefined): TokensDeclaration | null {
  if (entry === undefined) return null;
  const node = entry.value;
  const algorithms = child(node, 'algorithms');
  return {
    at: entry.keyAt,
    issuer: text(child(node, 'issuer')) ?? '',
    audience: text(child(node, 'audience')) ?? '',
    algorithms: algorithms === undefined ? null : words(algorithms),
    keys: keyKinds.flatMap(kind => {
      const from = word(child(node, kind));
      return from === null ? [] : [{ kind, at: from.at, from }];
    }),
  };
}

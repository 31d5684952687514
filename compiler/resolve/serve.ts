/** What a project says about serving, held against its roles and attributes, and against itself. */
import { didYouMean, nearest, type Report, serveWrong, unknownAttribute, unknownRole } from '../diagnostics/index.ts';
import type { ProjectDeclaration, ServeDeclaration, TokensDeclaration } from '../document/index.ts';
import { spanOf, type Word } from '../document/index.ts';
import type { Settings } from '../model.ts';
import { own } from '../record.ts';
import { attributeHelp } from './roles.ts';

export function checkServe(
  project: ProjectDeclaration | null,
  roles: readonly string[],
  { attributes }: Settings,
  report: Report,
): void {
  const serve = project?.serve ?? null;
  if (project === null || serve === null) return;
  const place = (at: Word['at']) => spanOf(project.file, at);
  const refuse = (at: Word['at'], detail: string, help: string) =>
    report(serveWrong(place(at), { detail, help }, { path: 'serve' }));
  for (const { text: name, at } of rolesIn(serve)) {
    if (!roles.includes(name)) report(unknownRole(place(at), { name, help: didYouMean(nearest(name, roles)) }));
  }
  for (const { attribute } of serve.user) {
    const name = attribute.text;
    if (own(attributes, name) === undefined)
      report(unknownAttribute(place(attribute.at), { name, help: attributeHelp(name, attributes) }));
  }
  const { tokens, role, anonymous } = serve;
  if (tokens === null && anonymous === null)
    refuse(serve.at, 'nobody could ask: there are no `tokens`, and no role for those who bring none', askersHelp);
  if (tokens === null && (role !== null || serve.user.length > 0 || serve.actAs.length > 0))
    refuse(serve.at, '`role`, `user` and `act_as` are about tokens, and there are none', askersHelp);
  if (tokens === null) return;
  if (role === null) refuse(tokens.at, 'tokens name no role', 'say which claim does: `role: { claim: role }`');
  checkKeys(tokens, refuse);
}

const askersHelp = 'write `tokens:` with an issuer, an audience and a key, or `anonymous: ROLE`';

function rolesIn({ anonymous, actAs, sql }: ServeDeclaration): readonly Word[] {
  return [...(anonymous === null ? [] : [anonymous]), ...actAs, ...sql];
}

/** With one key at most; a shared secret and a public key must never be taken for each other. */
function checkKeys(tokens: TokensDeclaration, refuse: (at: Word['at'], detail: string, help: string) => void): void {
  const [key, other] = tokens.keys;
  if (key === undefined) {
    refuse(tokens.at, 'tokens cannot be verified without a key', keysHelp);
    return;
  }
  if (other !== undefined) refuse(other.at, `\`${key.kind}\` and \`${other.kind}\` are two keys`, keysHelp);
  for (const { text: name, at } of tokens.algorithms ?? []) {
    const isShared = name.startsWith('HS');
    if (isShared === (key.kind === 'secret') || !/^(?:[HRPE]S\d{3}|EdDSA)$/.test(name)) continue;
    const help = isShared
      ? 'HS256 and its like go with a `secret`'
      : 'RS256, ES256, EdDSA and their like go with public keys';
    refuse(at, `\`${name}\` does not go with \`${key.kind}\``, help);
  }
}

const keysHelp = `give one of \`secret: "\${env:NAME}"\`, \`public_key: file.pem\` and \`jwks: file.json\``;

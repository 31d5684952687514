/** Access: a request's token in, the principal that asks and what it may out, by what the project says. */
import type { JWTPayload } from 'jose';
import {
  attributesNeeded,
  badClaim,
  type Model,
  noToken,
  notAllowed,
  own,
  type Role,
  type ServeDeclaration,
  serveWrong,
  spanOf,
} from '../../../compiler/index.ts';
import { EngineError, type Principal, type SoundProject } from '../../index.ts';
import { openTokens, type Verify } from './tokens.ts';

/** Who asks. */
export interface Caller {
  readonly principal: Exclude<Principal, 'everything'>;
  /** The role of the token, whatever it asks as. */
  readonly role: string;
  readonly maySeeSql: boolean;
  readonly mayActAs: boolean;
}

export interface Access {
  readonly serve: ServeDeclaration;
  /** Throws an `EngineError` for whoever may not ask. */
  readonly callerOf: (authorization: string | undefined) => Promise<Caller>;
}

/** Throws an `EngineError` where the project does not say who may ask, or what it says cannot be used. */
export function openAccess({ declaration, folder, model }: SoundProject): Access {
  const serve = declaration?.serve ?? null;
  if (declaration === null || serve === null) {
    const help = 'write `serve: { tokens: ... }` in metrics.yaml, or `serve: { anonymous: ROLE }`';
    throw new EngineError(serveWrong(null, { detail: 'the project does not say who may ask a server', help }));
  }
  const { tokens, anonymous } = serve;
  if (tokens === null && anonymous === null)
    throw new EngineError(serveWrong(spanOf(declaration.file, serve.at), { detail: 'nobody may ask' }));
  const verify = tokens === null ? null : openTokens(tokens, folder, declaration.file);
  return {
    serve,
    callerOf: async authorization => {
      if (authorization !== undefined && verify !== null) return tokenCaller(authorization, verify, serve, model);
      if (anonymous === null) throw new EngineError(noToken(null, {}));
      return caller({ as: anonymous.text }, serve);
    },
  };
}

async function tokenCaller(
  authorization: string,
  verify: Verify,
  serve: ServeDeclaration,
  model: Model,
): Promise<Caller> {
  const token = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization)?.[1];
  if (token === undefined) throw new EngineError(noToken(null, {}));
  const claims = await verify(token);
  const role = roleIn(claims, serve, model);
  const needed = attributesNeeded(role);
  const user: Record<string, string | number | boolean> = {};
  for (const { attribute, claim } of serve.user) {
    const value = own(claims, claim);
    if (value !== undefined) user[attribute.text] = usable(value, claim, attribute.text, model);
    else if (needed.includes(attribute.text)) throw wrongClaim(claim, 'is missing, and the role goes by it');
  }
  return caller({ as: role.name, user }, serve);
}

function caller(principal: Caller['principal'], { sql, actAs }: ServeDeclaration): Caller {
  const isAmong = (roles: ServeDeclaration['sql']) => roles.some(({ text }) => text === principal.as);
  return { principal, role: principal.as, maySeeSql: isAmong(sql), mayActAs: isAmong(actAs) };
}

function roleIn(claims: JWTPayload, serve: ServeDeclaration, { roles }: Model): Role {
  const claim = serve.role?.text ?? '';
  const name = own(claims, claim);
  if (name === undefined) throw wrongClaim(claim, 'is missing: it names the role');
  if (typeof name !== 'string') throw wrongClaim(claim, 'is no text: it names the role');
  const role = own(roles, name);
  if (role === undefined) throw wrongClaim(claim, 'names no role of the project');
  return role;
}

/** A value that may be that of the attribute; whether it is one of its type is judged with the question. */
function usable(value: unknown, claim: string, attribute: string, { settings }: Model): string | number | boolean {
  const type = own(settings.attributes, attribute);
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      if (type === 'integer' || type === 'decimal' || type === 'float') return value;
      break;
    case 'boolean':
      if (type === 'boolean') return value;
      break;
    default:
      break;
  }
  const found = Array.isArray(value) ? 'a list' : value === null ? 'null' : `a value of another type (${typeof value})`;
  throw wrongClaim(claim, `is ${found}, and \`user.${attribute}\` is of the type ${type ?? 'unknown'}`);
}

function wrongClaim(claim: string, reason: string): EngineError {
  return new EngineError(badClaim(null, { claim, reason }));
}

/** The principal of a request: that of the token, or the one as whom it may ask. */
export function principalOf(
  { principal, mayActAs }: Caller,
  { as, user }: { readonly as?: string | undefined; readonly user?: Readonly<Record<string, unknown>> | undefined },
): Caller['principal'] {
  if (as === undefined && user === undefined) return principal;
  if (!mayActAs)
    throw new EngineError(
      notAllowed(null, {
        what: 'ask as another: who asks is said by the token',
        help: 'leave `as` and `user` out',
      }),
    );
  return { as: as ?? principal.as, user };
}

/**
 * Tokens: what a project says of them in, a function that verifies one out. Which algorithms are tried follows from the kind
 * of the key, so that a public key is never taken for a secret, and an unsigned token for a signed one.
 */
import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import {
  badToken,
  type KeyKind,
  type Span,
  serveWrong,
  spanOf,
  type TokensDeclaration,
} from '../../../compiler/index.ts';
import { EngineError, isInside } from '../../index.ts';

/** Throws an `EngineError` for a token that is not accepted. */
export type Verify = (token: string) => Promise<JWTPayload>;

/** Clocks of two machines differ a little. */
const toleratedSeconds = 5;
/** Longer ones are no tokens of people. */
const longestToken = 8192;

/** Throws an `EngineError` where the key cannot be used. */
export function openTokens(tokens: TokensDeclaration, folder: string, file: string): Verify {
  const { issuer, audience, keys } = tokens;
  const [key] = keys;
  if (key === undefined) throw wrong(spanOf(file, tokens.at), 'tokens cannot be verified without a key');
  const asked = tokens.algorithms?.map(({ text }) => text) ?? null;
  const place = spanOf(file, key.at);
  const verify = verifierOf(key.kind, key.from.text, asked, folder, place);
  const options = { issuer, audience, clockTolerance: toleratedSeconds, requiredClaims: ['exp'] };
  return async token => {
    if (token.length > longestToken) throw refused('it is too long');
    try {
      return await verify(token, options);
    } catch (error) {
      if (error instanceof errors.JOSEError) throw refused(reasonOf(error));
      throw error;
    }
  };
}

function refused(reason: string): EngineError {
  return new EngineError(badToken(null, { reason }));
}

function wrong(place: Span, detail: string, help?: string): EngineError {
  return new EngineError(serveWrong(place, { detail, help }));
}

/** Why a token is not accepted, without a word of what stands in it. */
function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    const known = ['iss', 'aud', 'exp', 'nbf', 'iat'].find(each => each === error.claim) ?? 'a claim';
    return error.reason === 'missing' ? `it has no \`${known}\`` : `its \`${known}\` is another`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'it is signed in another way';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature is not right';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return 'it is signed with a key that is not known';
  return 'it is no token';
}

type Verifier = (token: string, options: JWTVerifyOptions) => Promise<JWTPayload>;

function verifierOf(
  kind: KeyKind,
  text: string,
  asked: readonly string[] | null,
  folder: string,
  place: Span,
): Verifier {
  switch (kind) {
    case 'secret':
      return withKey(secretKey(text, asked ?? ['HS256'], place), asked ?? ['HS256']);
    case 'public_key': {
      const key = publicKey(text, folder, place);
      const possible = algorithmsOf(key);
      if (possible.length === 0)
        throw wrong(
          place,
          'tokens are verified with keys of RSA from 2048 bits, of the curves P-256, P-384 and P-521, and Ed25519',
        );
      const strange = asked?.find(each => !possible.includes(each));
      if (strange !== undefined)
        throw wrong(place, `\`${strange}\` does not go with the key`, `it may be ${possible.join(', ')}`);
      return withKey(key, asked ?? possible.slice(0, 1));
    }
    case 'jwks': {
      const set = createLocalJWKSet(keySet(textOf(text, folder, place), place));
      const algorithms = [...(asked ?? ['RS256', 'ES256', 'EdDSA'])];
      return async (token, options) => (await jwtVerify(token, set, { ...options, algorithms })).payload;
    }
  }
}

function withKey(key: KeyObject, algorithms: readonly string[]): Verifier {
  return async (token, options) => (await jwtVerify(token, key, { ...options, algorithms: [...algorithms] })).payload;
}

/** As many bits as the hash has, or it would be the weakest part. */
const secretBytes: Readonly<Record<string, number>> = { HS256: 32, HS384: 48, HS512: 64 };

function secretKey(text: string, algorithms: readonly string[], place: Span): KeyObject {
  const bytes = Buffer.from(fromEnvironment(text, place) ?? '', 'utf8');
  const least = Math.max(...algorithms.map(each => secretBytes[each] ?? 0));
  if (bytes.length < least)
    throw wrong(
      place,
      `the secret has ${bytes.length} bytes, and ${least} are needed`,
      'make one: `openssl rand -base64 48`',
    );
  return createSecretKey(bytes);
}

/** The value of `${env:NAME}`; null for a text that is none. */
function fromEnvironment(text: string, place: Span): string | null {
  const name = /^\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(text)?.[1];
  if (name === undefined) return null;
  const value = process.env[name];
  if (value !== undefined) return value;
  throw wrong(
    place,
    `the environment has no \`${name}\`, by which tokens are verified`,
    `set it: \`export ${name}=...\``,
  );
}

/** The text of a key: that of a variable of the environment, or of a file in the folder of the project. */
function textOf(text: string, folder: string, place: Span): string {
  const given = fromEnvironment(text, place);
  if (given !== null) return given;
  const file = path.join(folder, text);
  if (!isInside(folder, file))
    throw wrong(
      place,
      `there is no file ${text} in the folder of the project`,
      'keys stand in the folder of metrics.yaml or below it, or in the environment',
    );
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw wrong(place, `${text} cannot be read`);
  }
}

function publicKey(text: string, folder: string, place: Span): KeyObject {
  const pem = textOf(text, folder, place);
  if (/PRIVATE KEY/.test(pem))
    throw wrong(
      place,
      'the key is a private one',
      'tokens are verified with its public half; the private one belongs to who issues them',
    );
  try {
    return createPublicKey(pem);
  } catch {
    throw wrong(place, 'the key is not in the format PEM', 'a public key begins with `-----BEGIN PUBLIC KEY-----`');
  }
}

/** What a key may have signed, the usual first. */
function algorithmsOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): readonly string[] {
  switch (asymmetricKeyType) {
    case 'rsa':
      return (asymmetricKeyDetails?.modulusLength ?? 0) < 2048
        ? []
        : ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
    case 'ec': {
      const curves: Readonly<Record<string, string>> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };
      const found = curves[asymmetricKeyDetails?.namedCurve ?? ''];
      return found === undefined ? [] : [found];
    }
    case 'ed25519':
      return ['EdDSA'];
    default:
      return [];
  }
}

function keySet(text: string, place: Span): JSONWebKeySet {
  const set = parsed(text);
  if (set === null)
    throw wrong(place, 'the keys are no JSON Web Key Set', 'it looks like `{"keys": [{"kty": "RSA", ...}]}`');
  const secret = set.keys.find(key => key.kty === 'oct' || key.d !== undefined || key.k !== undefined);
  if (secret !== undefined) throw wrong(place, 'one of the keys is no public one', 'the set holds public keys alone');
  return set;
}

function parsed(text: string): JSONWebKeySet | null {
  try {
    const set: unknown = JSON.parse(text);
    return isKeySet(set) ? set : null;
  } catch {
    return null;
  }
}

function isKeySet(value: unknown): value is JSONWebKeySet {
  if (typeof value !== 'object' || value === null || !('keys' in value) || !Array.isArray(value.keys)) return false;
  return (
    value.keys.length > 0 &&
    value.keys.every(key => typeof key === 'object' && key !== null && typeof key.kty === 'string')
  );
}

import { sign } from 'node:crypto';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The token by which a GitHub App shows who it is: RS256 over the claims, with its private key (PEM). */
export const signAppToken = (claims: Readonly<Record<string, string | number>>, privateKey: string): string => {
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
};

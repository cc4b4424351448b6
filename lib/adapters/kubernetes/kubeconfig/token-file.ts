import { type Result, succeed } from '../../../core/failure.ts';
import type { Credential, CredentialSource } from '../connection.ts';
import { readText } from './read-file.ts';
import { bearer } from './token.ts';

/** How long a token that was read is used, in milliseconds; Kubernetes rotates the tokens it mounts. */
const freshFor = 60_000;

/** A token that lives in a file: read again every minute, and when it was refused. `kind` names it for people. */
export const tokenFile = async (path: string, kind: string): Promise<Result<CredentialSource>> => {
  let read: { readonly at: number; readonly credential: Credential } | undefined;
  const renew = async (): Promise<Result<Credential>> => {
    const text = await readText(path, 'The token file');
    if (!text.ok) return text;
    const authorization = bearer(text.value, `The token in ${path}`);
    if (!authorization.ok) return authorization;
    read = { at: performance.now(), credential: { authorization: authorization.value } };
    return succeed(read.credential);
  };
  const current = async (): Promise<Result<Credential>> =>
    read && performance.now() - read.at < freshFor ? succeed(read.credential) : renew();
  const first = await current();
  return first.ok ? succeed({ kind, current, renew }) : first;
};

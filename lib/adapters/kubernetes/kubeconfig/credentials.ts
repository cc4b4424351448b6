import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { Credential, CredentialSource } from '../connection.ts';
import { checkClientCertificate, readPem } from './pem.ts';
import { readText } from './read-file.ts';
import type { KubeconfigUser } from './schema.ts';
import type { Selected } from './select.ts';

/** How often a token file is read again, in milliseconds; Kubernetes rotates the tokens it mounts. */
const tokenFileAge = 60_000;

const fixed = (kind: string, credential: Credential): CredentialSource => ({ kind, current: async () => succeed(credential) });

/** What a user of the kubeconfig proves identity with, by kubectl's order: certificate, token and password come before a plugin. */
export const credentialsOf = async (
  selected: Selected,
  certificateAuthority: string | undefined,
  now: number,
): Promise<Result<CredentialSource>> => {
  const { user, userName } = selected;
  const of = `user ${userName}`;
  if (user['auth-provider']) {
    const name = user['auth-provider'].name ?? '';
    return failed(
      'kubeconfig-invalid',
      `The ${of} uses auth-provider ${name}, which kubectl removed in 1.26; change the kubeconfig to an exec plugin (client.authentication.k8s.io).`,
    );
  }
  const certificate = await certificateOf(user, of, now);
  if (!certificate.ok) return certificate;
  const bearer = await bearerOf(user, of);
  if (!bearer.ok) return bearer;
  if (bearer.value) return succeed(withCertificate(bearer.value, certificate.value));
  if (certificate.value.certificate) return succeed(fixed('client certificate', certificate.value));
  if (user.exec) {
    const { execCredentials } = await import('./exec-plugin.ts');
    return execCredentials(user.exec, selected, certificateAuthority);
  }
  return succeed(fixed('anonymous access', {}));
};

const certificateOf = async (user: KubeconfigUser, of: string, now: number): Promise<Result<Credential>> => {
  const cert = await readPem({ data: user['client-certificate-data'], file: user['client-certificate'], field: 'client-certificate', of });
  if (!cert.ok) return cert;
  const key = await readPem({ data: user['client-key-data'], file: user['client-key'], field: 'client-key', of });
  if (!key.ok) return key;
  if (cert.value === undefined && key.value === undefined) return succeed({});
  if (cert.value === undefined) return failed('kubeconfig-invalid', `The ${of} has a client-key but no client-certificate; add it.`);
  if (key.value === undefined) return failed('kubeconfig-invalid', `The ${of} has a client-certificate but no client-key; add it.`);
  const checked = checkClientCertificate(cert.value, key.value, of, now);
  return checked.ok ? succeed({ certificate: checked.value }) : checked;
};

/** Token, token file or password; `undefined` when the user has none of them. */
const bearerOf = async (user: KubeconfigUser, of: string): Promise<Result<CredentialSource | undefined>> => {
  const hasPassword = Boolean(user.username) || Boolean(user.password);
  if (hasPassword && (user.token || user.tokenFile)) {
    return failed('kubeconfig-invalid', `The ${of} has both a token and a user name with password; keep one of them.`);
  }
  if (user.tokenFile) return tokenFile(user.tokenFile, 'token file');
  if (user.token)
    return headerSafe(user.token.trim())
      ? succeed(fixed('token', { authorization: `Bearer ${user.token.trim()}` }))
      : brokenToken(`The token of ${of}`);
  if (!hasPassword) return succeed(undefined);
  const pair = Buffer.from(`${user.username ?? ''}:${user.password ?? ''}`, 'utf8').toString('base64');
  return succeed(fixed('user name and password', { authorization: `Basic ${pair}` }));
};

/** Whether a token can stand in a header at all; a broken one would make Node throw, with the token in the message. */
export const headerSafe = (token: string): boolean => /^[\x21-\x7e]+$/.test(token);
const brokenToken = (what: string) =>
  failed('kubeconfig-invalid', `${what} is empty or holds blanks or characters that no token has; copy it again.`);

/** A token that lives in a file and is read again from time to time, and when it was refused. */
export const tokenFile = async (path: string, kind: string): Promise<Result<CredentialSource>> => {
  let read: { readonly at: number; readonly credential: Credential } | undefined;
  const renew = async (): Promise<Result<Credential>> => {
    const text = await readText(path, 'The token file');
    if (!text.ok) return text;
    const token = text.value.trim();
    if (!headerSafe(token)) return brokenToken(`The token in ${path}`);
    read = { at: performance.now(), credential: { authorization: `Bearer ${token}` } };
    return succeed(read.credential);
  };
  const current = async (): Promise<Result<Credential>> =>
    read && performance.now() - read.at < tokenFileAge ? succeed(read.credential) : renew();
  const first = await current();
  return first.ok ? succeed({ kind, current, renew }) : first;
};

const withCertificate = (source: CredentialSource, { certificate }: Credential): CredentialSource => {
  if (!certificate) return source;
  const add = async (read: Promise<Result<Credential>>): Promise<Result<Credential>> => {
    const got = await read;
    return got.ok ? succeed({ ...got.value, certificate }) : got;
  };
  const { renew } = source;
  return {
    kind: `client certificate and ${source.kind}`,
    current: () => add(source.current()),
    ...(renew && { renew: () => add(renew()) }),
  };
};

import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { Credential, CredentialSource, Environment } from '../connection.ts';
import { checkClientCertificate, readPem } from './pem.ts';
import type { KubeconfigUser } from './schema.ts';
import type { Selected } from './select.ts';
import { bearer } from './token.ts';
import { tokenFile } from './token-file.ts';

const fixed = (kind: string, credential: Credential): CredentialSource => ({ kind, current: async () => succeed(credential) });

/** What a user of the kubeconfig proves identity with, by kubectl's order: certificate, token and password come before a plugin. `authority` is for the plugin. */
export const credentialsOf = async (
  selected: Selected,
  authority: string | undefined,
  env: Environment,
): Promise<Result<CredentialSource>> => {
  const { user, userName } = selected;
  const of = `user ${userName}`;
  if (user['auth-provider']) {
    return failed(
      'kubeconfig-invalid',
      `The ${of} uses auth-provider ${user['auth-provider'].name ?? ''}, which kubectl removed in 1.26; change the kubeconfig to an exec plugin.`,
    );
  }
  const certificate = await certificateOf(user, of);
  if (!certificate.ok) return certificate;
  const other = await tokenOrPassword(user, of);
  if (!other.ok) return other;
  if (other.value) return succeed(withCertificate(other.value, certificate.value));
  if (certificate.value.certificate) return succeed(fixed('client certificate', certificate.value));
  if (user.exec) {
    const { execCredentials } = await import('./exec-plugin.ts');
    return execCredentials(user.exec, selected, authority, env);
  }
  return succeed(fixed('anonymous access', {}));
};

const certificateOf = async (user: KubeconfigUser, of: string): Promise<Result<Credential>> => {
  const cert = await readPem({ data: user['client-certificate-data'], file: user['client-certificate'], field: 'client-certificate', of });
  if (!cert.ok) return cert;
  const key = await readPem({ data: user['client-key-data'], file: user['client-key'], field: 'client-key', of });
  if (!key.ok) return key;
  if (cert.value === undefined && key.value === undefined) return succeed({});
  if (cert.value === undefined) return failed('kubeconfig-invalid', `The ${of} has a client-key but no client-certificate; add it.`);
  if (key.value === undefined) return failed('kubeconfig-invalid', `The ${of} has a client-certificate but no client-key; add it.`);
  const checked = checkClientCertificate(cert.value, key.value, of, Date.now());
  return checked.ok ? succeed({ certificate: checked.value }) : checked;
};

/** Token, token file or password; `undefined` when the user has none of them. */
const tokenOrPassword = async (user: KubeconfigUser, of: string): Promise<Result<CredentialSource | undefined>> => {
  const hasPassword = Boolean(user.username) || Boolean(user.password);
  if (hasPassword && (user.token || user.tokenFile)) {
    return failed('kubeconfig-invalid', `The ${of} has both a token and a user name with password; keep one of them.`);
  }
  if (user.tokenFile) return tokenFile(user.tokenFile, 'token file');
  if (user.token) {
    const authorization = bearer(user.token, `The token of ${of}`);
    return authorization.ok ? succeed(fixed('token', { authorization: authorization.value })) : authorization;
  }
  if (!hasPassword) return succeed(undefined);
  const pair = Buffer.from(`${user.username ?? ''}:${user.password ?? ''}`, 'utf8').toString('base64');
  return succeed(fixed('user name and password', { authorization: `Basic ${pair}` }));
};

const withCertificate = (source: CredentialSource, { certificate }: Credential): CredentialSource => {
  if (!certificate) return source;
  const add = async (reading: Promise<Result<Credential>>): Promise<Result<Credential>> => {
    const got = await reading;
    return got.ok ? succeed({ ...got.value, certificate }) : got;
  };
  const { renew } = source;
  return {
    kind: `client certificate and ${source.kind}`,
    current: () => add(source.current()),
    ...(renew && { renew: (refused) => add(renew(refused)) }),
  };
};

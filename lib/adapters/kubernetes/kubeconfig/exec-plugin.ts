import { z } from 'zod';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { Credential, CredentialSource, Environment } from '../connection.ts';
import { checkClientCertificate } from './pem.ts';
import { runPlugin } from './run-plugin.ts';
import type { ExecPlugin } from './schema.ts';
import type { Selected } from './select.ts';
import { bearer } from './token.ts';

const versions = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];
/** A credential this close to its end, in milliseconds, is asked for anew. */
const margin = 30_000;

/** What a plugin prints. */
const ExecCredential = z.object({
  kind: z.literal('ExecCredential'),
  apiVersion: z.string(),
  status: z.object({
    expirationTimestamp: z.string().nullish(),
    token: z.string().nullish(),
    clientCertificateData: z.string().nullish(),
    clientKeyData: z.string().nullish(),
  }),
});

/** What a plugin gave, and until when it holds (milliseconds since 1970). */
interface Given {
  readonly credential: Credential;
  readonly until: number;
}

/** Credentials from an exec plugin. It runs once, and again only when what it gave has expired or was refused. */
export const execCredentials = (
  plugin: ExecPlugin,
  selected: Selected,
  authority: string | undefined,
  env: Environment,
): Result<CredentialSource> => {
  const name = `plugin ${plugin.command} of user ${selected.userName}`;
  if (!versions.includes(plugin.apiVersion)) {
    return failed(
      'kubeconfig-invalid',
      `The ${name} speaks ${plugin.apiVersion}, which kubectl no longer does; update it so that it uses ${versions[0]}.`,
    );
  }
  if (plugin.command === '') return failed('kubeconfig-invalid', `The exec plugin of user ${selected.userName} has no command; add it.`);
  const isTerminal = process.stdin.isTTY === true;
  if (plugin.interactiveMode === 'Always' && !isTerminal) {
    return failed('kubeconfig-invalid', `The ${name} wants to ask something, but this is no terminal; log in first, or use a token.`);
  }
  const interactive = isTerminal && plugin.interactiveMode !== 'Never';
  const info = JSON.stringify(execInfo(plugin, selected, authority, interactive));
  const pluginEnv = { ...env, ...Object.fromEntries((plugin.env ?? []).map((one) => [one.name, one.value])), KUBERNETES_EXEC_INFO: info };

  const ask = async (): Promise<Result<Given>> => {
    const printed = await runPlugin({
      command: plugin.command,
      args: plugin.args ?? [],
      env: pluginEnv,
      interactive,
      name,
      hint: plugin.installHint ?? '',
    });
    return printed.ok ? readCredential(printed.value, plugin.apiVersion, name) : printed;
  };
  let asked: ReturnType<typeof ask> | undefined;
  /** What the plugin last gave, unless `isSpent` says that it is of no use any more. Requests that find so at the same time share one run. */
  const unless = async (isSpent: (last: Given) => boolean): Promise<Result<Credential>> => {
    const isFirst = asked === undefined;
    asked ??= ask();
    const latest = asked;
    const last = await latest;
    if (!isFirst && asked === latest && last.ok && isSpent(last.value)) asked = ask();
    const given = await asked;
    return given.ok ? succeed(given.value.credential) : given;
  };
  return succeed({
    kind: `credential from ${plugin.command}`,
    current: () => unless(({ until }) => until - margin < Date.now()),
    renew: ({ authorization, certificate }) =>
      unless(({ credential }) => credential.authorization === authorization && credential.certificate?.cert === certificate?.cert),
  });
};

/** KUBERNETES_EXEC_INFO: whether questions may be asked and, if the plugin wants it, the cluster. */
const execInfo = (plugin: ExecPlugin, { cluster }: Selected, authority: string | undefined, interactive: boolean) => ({
  kind: 'ExecCredential',
  apiVersion: plugin.apiVersion,
  spec: {
    interactive,
    ...(plugin.provideClusterInfo && {
      cluster: {
        server: cluster.server,
        'tls-server-name': cluster['tls-server-name'] ?? undefined,
        'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'] ?? undefined,
        'certificate-authority-data': authority && Buffer.from(authority, 'utf8').toString('base64'),
        'proxy-url': cluster['proxy-url'] ?? undefined,
        config: cluster.extensions?.find((one) => one.name === 'client.authentication.k8s.io/exec')?.extension,
      },
    }),
  },
});

const readCredential = (printed: string, apiVersion: string, name: string): Result<Given> => {
  const parsed = ExecCredential.safeParse(parse(printed));
  if (!parsed.success) return failed('credential-refused', `The ${name} printed no ExecCredential; run it by hand and look.`);
  if (parsed.data.apiVersion !== apiVersion) {
    return failed(
      'kubeconfig-invalid',
      `The ${name} answered in ${parsed.data.apiVersion} though the kubeconfig says ${apiVersion}; make them agree.`,
    );
  }
  const { token, clientCertificateData, clientKeyData, expirationTimestamp } = parsed.data.status;
  const until = expirationTimestamp ? Date.parse(expirationTimestamp) : Number.POSITIVE_INFINITY;
  if (Number.isNaN(until)) return failed('credential-refused', `The ${name} printed a time of expiry that is no time; update the plugin.`);
  if (Boolean(clientCertificateData) !== Boolean(clientKeyData))
    return failed('credential-refused', `The ${name} printed a certificate without its key, or a key alone; update the plugin.`);
  const authorization = token ? bearer(token, `The token of the ${name}`) : undefined;
  if (authorization && !authorization.ok) return authorization;
  const certificate =
    clientCertificateData && clientKeyData ? checkClientCertificate(clientCertificateData, clientKeyData, name, Date.now()) : undefined;
  if (certificate && !certificate.ok) return certificate;
  if (!authorization && !certificate)
    return failed('credential-refused', `The ${name} printed neither a token nor a certificate; log in first.`);
  return succeed({
    credential: { ...(authorization && { authorization: authorization.value }), ...(certificate && { certificate: certificate.value }) },
    until,
  });
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

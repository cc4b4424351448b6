import { z } from 'zod';
import { type CertificateFact, type Slice, seen, type Unread, unseen } from '../../core/facts/index.ts';
import type { GateFacts } from '../../core/gate/index.ts';
import type { Right } from '../../core/need.ts';
import type { ClusterAccess, TlsProbe } from '../../ports/cluster-access.ts';
import { byText, given, together, unreadFor } from '../configuration/listing.ts';
import type { ApiServerMetrics } from './metrics.ts';

const healthRight = (nonResourceUrl: string): Right => ({ verb: 'get', apiGroup: '', resource: '', nonResourceUrl });
/** The rights to ask an API server whether it is ready and alive. */
export const healthRights = { readyz: healthRight('/readyz'), livez: healthRight('/livez') } as const;

const most = 500;
const failing = /^\[-\]([\w./-]{1,200}) /;
const verdict = /^(?:\w+ check (?:passed|failed)|ok)$/;
/** An answer of a health endpoint: only what fails, and the verdict. Idempotent. */
export const HealthText = z.string().transform((text) =>
  text
    .slice(0, 1_000_000)
    .split('\n')
    .filter((line) => failing.test(line) || verdict.test(line.trim()))
    .slice(-most)
    .map((line) => (failing.test(line) ? (failing.exec(line)?.[0] ?? '') : line.trim()))
    .join('\n'),
);

/** Names of the checks that fail; undefined when the text is no such answer. */
export const failingIn = (text: string): readonly string[] | undefined => {
  const lines = text.split('\n');
  if (!lines.some((line) => verdict.test(line) || failing.test(line))) return undefined;
  return lines.flatMap((line) => failing.exec(line)?.[1] ?? []);
};

const ask = async (access: ClusterAccess, right: Right): Promise<Slice<readonly string[]>> => {
  const path = right.nonResourceUrl ?? '';
  // what is not ready says so with a 500, and names what fails
  const answer = await access.get(path, HealthText, { query: { verbose: '' }, accept: 'text/plain', answers: [500] });
  if (!answer.ok) return unreadFor(right, answer.failure);
  const names = failingIn(answer.value);
  if (names === undefined)
    return unseen(`What the API server says at ${path} is no list of its checks; look at it with "kubectl get --raw".`);
  const failed = answer.value.includes(' check failed');
  return seen(failed && names.length === 0 ? [path.slice(1)] : names);
};

/** What the API server that answers says about itself. */
export const observeApiHealth = async (
  access: ClusterAccess,
  metrics: Promise<Slice<ApiServerMetrics>>,
): Promise<GateFacts['apiHealth']> => {
  const [readyz, livez] = await Promise.all([ask(access, healthRights.readyz), ask(access, healthRights.livez)]);
  const both = together({ readyz, livez });
  if (!both.read) return both;
  const told = await metrics;
  return seen(
    given({
      failing: [...new Set([...both.value.readyz, ...both.value.livez])].toSorted(byText),
      databaseBytes: told.read ? told.value.databaseBytes : undefined,
    }),
  );
};

const withoutTls: Unread = unseen('The API server was reached without TLS, so its certificate was not seen.');

/** The certificate of the API server that is spoken to, from a handshake. */
export const observeCertificate = async (access: ClusterAccess, tls: TlsProbe): Promise<Slice<CertificateFact>> => {
  const url = new URL(access.server);
  if (url.protocol !== 'https:') return withoutTls;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const answer = await tls.probe({ host, port: Number(url.port || 443) }, []);
  if (!answer.ok) return unseen(answer.failure.say);
  const { certificate } = answer.value;
  return certificate
    ? seen(certificate)
    : unseen('The API server showed no certificate that can be read; look at it with "openssl s_client".');
};

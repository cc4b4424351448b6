import { createPrivateKey } from 'node:crypto';
import { failed, type Result, succeed } from '../core/failure.ts';
import { type Connection, type ConnectionSettings, connectionSecret } from '../fleet/connection.ts';
import { needsCredential, secretsIn } from '../fleet/connection-rules.ts';
import { endOldSecret, rotateSecret } from '../fleet/webhook-signature.ts';
import type { SecretStore } from '../ports/secret-store.ts';
import type { Versioned } from '../records/index.ts';
import type { ServicePorts } from './handler.ts';
import { newSecret } from './webhook-secrets.ts';

type ConnectionName = Pick<Connection, 'projectId' | 'id'>;

/** A key of 24–64 bytes, as the answers to signed webhooks are signed with, too. */
const isWebhookKey = (secret: string): boolean => {
  const bytes = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1];
  const { length } = Buffer.from(bytes ?? '', 'base64');
  return length >= 24 && length <= 64;
};

/** The secret that is given, or a new one. */
export const secretFor = ({ clock }: ServicePorts, { system }: ConnectionSettings, given: string | undefined): Result<string> => {
  if (given === undefined) return succeed(newSecret(clock));
  return system !== 'webhook' || isWebhookKey(given)
    ? succeed(given)
    : failed(
        'input-invalid',
        'The secret of a signed webhook is `whsec_` and the base64 of 24–64 bytes; give such a one, or none to have one made.',
      );
};

const isRsaKey = (pem: string): boolean => {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
};

/** Whether a credential is what the system takes. */
export const examineCredential = (settings: ConnectionSettings, credential: string | undefined): Result<void> => {
  const { system } = settings;
  if (credential === undefined || !needsCredential(settings))
    return credential === undefined
      ? succeed(undefined)
      : failed('input-invalid', `A connection to ${system} has no credential: nobody is told by one; leave it out.`);
  if (system === 'github' && !isRsaKey(credential))
    return failed('input-invalid', 'The credential is no private key of a GitHub App; give the PEM file that GitHub made, unencrypted.');
  return system !== 'gitlab' || /^[\x21-\x7e]+$/.test(credential)
    ? succeed(undefined)
    : failed('input-invalid', 'The credential is no token of GitLab: it holds blanks or other characters; copy it again.');
};

/** What is stored; nothing where it was lost, which a new secret mends. */
const stored = async (secrets: SecretStore, id: string): Promise<Result<string | undefined>> => {
  const there = await secrets.get(connectionSecret(id, 'secret'));
  return there.ok || there.failure.code !== 'not-found' ? there : succeed(undefined);
};

/** The secrets that are good now, the newest first; none where they were lost. */
export const goodSecrets = async (secrets: SecretStore, id: string): Promise<Result<readonly string[]>> => {
  const there = await stored(secrets, id);
  return there.ok ? succeed(secretsIn(there.value ?? '')) : there;
};

/** A new secret beside the one that the system knows. The record first: of two who replace at the same moment one is refused. */
export const replaceSecret = async (
  ports: ServicePorts,
  name: ConnectionName,
  given: string | undefined,
): Promise<Result<{ readonly connection: Versioned<Connection>; readonly secret: string }>> => {
  const { records, secrets, clock } = ports;
  const there = await records.connections.need(name);
  if (!there.ok) return there;
  const secret = secretFor(ports, there.value.value.settings, given);
  if (!secret.ok) return secret;
  const marked = await records.connections.replace(there.value, { ...there.value.value, secretReplacedAt: clock.now() });
  if (!marked.ok) return marked;
  const before = await stored(secrets, name.id);
  if (!before.ok) return before;
  const both = before.value === undefined ? secret.value : rotateSecret(before.value, secret.value);
  const kept = await secrets.put(connectionSecret(name.id, 'secret'), both);
  return kept.ok ? succeed({ connection: marked.value, secret: secret.value }) : kept;
};

/** Ends the secret before. The record last: as long as it says that there are two, this can be asked for again. */
export const endOld = async ({ records, secrets }: ServicePorts, name: ConnectionName): Promise<Result<Versioned<Connection>>> => {
  const there = await records.connections.need(name);
  if (!there.ok || there.value.value.secretReplacedAt === undefined) return there;
  const before = await stored(secrets, name.id);
  if (!before.ok) return before;
  const kept = before.value === undefined ? before : await secrets.put(connectionSecret(name.id, 'secret'), endOldSecret(before.value));
  if (!kept.ok) return kept;
  return records.connections.update(name, ({ secretReplacedAt: _, ...connection }) => succeed(connection));
};

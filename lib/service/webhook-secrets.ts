import { type Result, succeed } from '../core/failure.ts';
import { type Webhook, webhookSecret } from '../fleet/webhook.ts';
import { endOldSecret, rotateSecret, secretText } from '../fleet/webhook-signature.ts';
import type { Clock } from '../ports/clock.ts';
import type { SecretStore } from '../ports/secret-store.ts';
import type { Versioned } from '../records/index.ts';
import type { ServicePorts } from './handler.ts';

type WebhookName = Pick<Webhook, 'projectId' | 'id'>;
interface WithSecret {
  readonly webhook: Versioned<Webhook>;
  /** To be shown once. */
  readonly secret: string;
}

/** 256 bits: ids of the clock are 128 bits from a cryptographic source. */
export const newSecret = (clock: Clock): string => secretText(Buffer.from(clock.id() + clock.id(), 'hex'));

/** What is stored; nothing where it was lost, which a new secret mends. */
const storedSecret = async (secrets: SecretStore, id: string): Promise<Result<string | undefined>> => {
  const stored = await secrets.get(webhookSecret(id));
  return stored.ok || stored.failure.code !== 'not-found' ? stored : succeed(undefined);
};

/** A new secret beside the one that receivers know. The record first: of two who rotate at the same moment one is refused, and none is shown a secret that the other has replaced unseen. */
export const rotate = async ({ records, secrets, clock }: ServicePorts, name: WebhookName): Promise<Result<WithSecret>> => {
  const there = await records.webhooks.need(name);
  if (!there.ok) return there;
  const marked = await records.webhooks.replace(there.value, { ...there.value.value, secretReplacedAt: clock.now() });
  if (!marked.ok) return marked;
  const stored = await storedSecret(secrets, name.id);
  if (!stored.ok) return stored;
  const secret = newSecret(clock);
  const kept = await secrets.put(webhookSecret(name.id), stored.value === undefined ? secret : rotateSecret(stored.value, secret));
  return kept.ok ? succeed({ webhook: marked.value, secret }) : kept;
};

/** Ends the secret before. The record last: as long as it says that there are two, this can be asked for again. */
export const endOld = async ({ records, secrets }: ServicePorts, name: WebhookName): Promise<Result<Versioned<Webhook>>> => {
  const there = await records.webhooks.need(name);
  if (!there.ok || there.value.value.secretReplacedAt === undefined) return there;
  const stored = await storedSecret(secrets, name.id);
  if (!stored.ok) return stored;
  const kept = stored.value === undefined ? stored : await secrets.put(webhookSecret(name.id), endOldSecret(stored.value));
  if (!kept.ok) return kept;
  return records.webhooks.update(name, ({ secretReplacedAt: _, ...webhook }) => succeed(webhook));
};

import { setTimeout as wait } from 'node:timers/promises';
import { parseAllowList } from '../../../fleet/allow-list.ts';
import type { SecretStore } from '../../../ports/secret-store.ts';
import type { WebhookTester } from '../../../ports/webhook-tester.ts';
import { systemClock } from '../../local/system-clock.ts';
import { createPipelineCaller, type PipelineCaller } from '../../webhooks/caller.ts';
import { createFetcher, type Fetcher } from '../../webhooks/fetcher.ts';
import { createWebhookSender, type WebhookSender } from '../../webhooks/sender.ts';
import { createWebhookTester } from '../../webhooks/tester.ts';

export interface WebhookSettings {
  /** Hosts that may be told anything. */
  readonly hosts: readonly string[];
  /** Private networks in which those hosts may lie. */
  readonly networks: readonly string[];
  /** Address of this Gatehouse. */
  readonly source: string;
  readonly version: string;
  /** Receivers of the own machine, by special address and by PEM certificates to trust; no deployment names any. */
  readonly own?: { readonly special: readonly string[]; readonly ca: string };
}

const allowedIn = (networks: readonly string[], special: readonly string[] = []) => {
  const allow = parseAllowList({ allow: networks, allowSpecial: special });
  if (!allow.ok) throw new Error(allow.failure.say);
  return allow.value;
};

/** Calls release systems at allowed hosts and addresses only. */
export const openPipelineCaller = ({ hosts, networks, version }: WebhookSettings): Pick<PipelineCaller, 'call'> =>
  createPipelineCaller({ hosts: { patterns: hosts }, allow: allowedIn(networks), version });

/** Fetches the keys of issuers that trust rules name. */
export const openFetcher = ({ networks, version }: WebhookSettings): Fetcher => createFetcher({ allow: allowedIn(networks), version });

/** Sends to allowed hosts and addresses only. Who asks remembers what came of it: a test is not remembered, a delivery remembers by itself. */
export const openWebhookSender = (
  secrets: SecretStore,
  { hosts, networks, source, version, own }: WebhookSettings,
): Pick<WebhookSender, 'examine' | 'sendOnce'> => {
  const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    await wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
  };
  const remember = async (): Promise<void> => undefined;
  return createWebhookSender({
    secrets,
    clock: systemClock,
    hosts: { patterns: hosts, isLoopbackAllowed: own !== undefined },
    allow: allowedIn(networks, own?.special),
    source,
    version,
    sleep,
    remember,
    ca: own?.ca,
  });
};

/** Examines webhooks and sends test events. */
export const openWebhookTester = (secrets: SecretStore, settings: WebhookSettings): WebhookTester =>
  createWebhookTester(openWebhookSender(secrets, settings), systemClock);

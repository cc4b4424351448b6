import { setTimeout as wait } from 'node:timers/promises';
import manifest from '../../../../package.json' with { type: 'json' };
import { listSetting, optionalSetting, requiredSettings, type Setting, type Variables } from '../../../core/environment.ts';
import type { RuleRunner } from '../../../gate/policy/run-rules.ts';
import type { SecretStore } from '../../../ports/secret-store.ts';
import { systemClock } from '../../local/system-clock.ts';
import type { Fetcher } from '../../webhooks/fetcher.ts';
import { lazily } from './lazily.ts';

export const clock = systemClock;
export const { version } = manifest;

/** Waits; a signal ends it early and without a fuss. */
export const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined);

/** The ports of a deployed function, by the settings that the stacks gave it. A setting is read when its port is asked for, so a function needs those of its own ports only. */
export const deployedPorts = (variables: Variables) => {
  const setting = (name: Setting): string => requiredSettings(variables, [name])[name];
  const webhookSettings = () => ({
    hosts: listSetting(variables, 'webhookHosts'),
    networks: listSetting(variables, 'allowedNetworks'),
    source: optionalSetting(variables, 'publicUrl') ?? 'urn:gatehouse',
    version,
  });
  return {
    recordStore: (name: 'recordTable' | 'shortLivedTable') => {
      const table = setting(name);
      return lazily(async () => (await import('./records.ts')).openRecords(table));
    },
    objects: () => {
      const bucket = setting('evidenceBucket');
      const lock = { mode: optionalSetting(variables, 'lockMode'), days: optionalSetting(variables, 'lockDays') };
      return lazily(async () => (await import('./objects.ts')).openObjects(bucket, lock));
    },
    secrets: () => {
      const [prefix, key] = [setting('secretPrefix'), setting('secretKey')];
      return lazily(async () => (await import('./secrets.ts')).openSecrets(prefix, key));
    },
    events: () => {
      const [bus, topic] = [setting('eventBus'), optionalSetting(variables, 'topic')];
      return lazily(async () => (await import('./events.ts')).openEvents(bus, topic));
    },
    signer: () => {
      const key = setting('signingKey');
      return lazily(async () => (await import('./signer.ts')).openSigner(key));
    },
    starter: () => {
      const scanFunction = setting('scanFunction');
      return lazily(async () => (await import('./starter.ts')).openStarter(scanFunction));
    },
    /** What Lambda knows of scan runs now; asked for anew by every round of upkeep. */
    scanRuns: () => {
      const scanFunction = setting('scanFunction');
      return lazily(async () => (await import('./starter.ts')).openScanRuns(scanFunction));
    },
    deliveries: () => {
      const deliverFunction = setting('deliverFunction');
      return lazily(async () => (await import('./starter.ts')).openDeliveries(deliverFunction));
    },
    webhookTester: (secrets: SecretStore) => {
      const given = webhookSettings();
      return lazily(async () => (await import('./webhooks.ts')).openWebhookTester(secrets, given));
    },
    webhookSender: (secrets: SecretStore) => {
      const given = webhookSettings();
      return lazily(async () => (await import('./webhooks.ts')).openWebhookSender(secrets, given));
    },
    /** Computes rules of policies; loaded with the first policy that has any. */
    rules: (): RuleRunner => {
      let opened: Promise<RuleRunner> | undefined;
      return async (...given) => {
        opened ??= import('./rules.ts').then(({ openRules }) => openRules());
        return (await opened)(...given);
      };
    },
    pipelineCaller: () => {
      const given = webhookSettings();
      return lazily(async () => (await import('./webhooks.ts')).openPipelineCaller(given));
    },
    /** Fetches documents of issuers that others named; in place of the global `fetch`. */
    fetcher: (): Fetcher => {
      const given = webhookSettings();
      const opened = lazily(async () => ({ fetch: (await import('./webhooks.ts')).openFetcher(given) }));
      return (address, options) => opened.fetch(address, options);
    },
    connector: () => {
      const networks = listSetting(variables, 'allowedNetworks');
      return lazily(async () => (await import('./connector.ts')).openConnector(networks, version));
    },
  };
};

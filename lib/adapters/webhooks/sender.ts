import http from 'node:http';
import https from 'node:https';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { WebhookDelivery } from '../../fleet/webhook.ts';
import { allowedUrl, type WebhookHosts } from '../../fleet/webhook-hosts.ts';
import { meaningOf, waitAfterTry } from '../../fleet/webhook-retry.ts';
import { signWebhook } from '../../fleet/webhook-signature.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import { type Fault, failureOf } from '../kubernetes/fault.ts';
import { limiter } from '../kubernetes/limit.ts';
import { socketHost } from '../kubernetes/transport.ts';
import { type AddressAllowList, type AddressGuard, AddressNotAllowed, createAddressGuard, type Resolve } from '../network/address-guard.ts';
import { guardAgent } from '../network/guarded-agent.ts';
import { isPublic } from '../network/special-addresses.ts';
import { cloudEvent, messageId, type OutgoingEvent } from './cloud-event.ts';
import { type PostAnswer, post } from './post.ts';

/** Whom to tell. */
export interface WebhookTarget {
  readonly id: string;
  readonly url: string;
  /** Name of its secret, or secrets while one is replaced, in the secret store. */
  readonly secretName: string;
  readonly active: boolean;
}

export interface WebhookSenderOptions {
  readonly secrets: Pick<SecretStore, 'get'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Hosts that may be told anything. */
  readonly hosts: WebhookHosts;
  /** Addresses in private networks that those hosts may be at; public ones they may always be at. */
  readonly allow: AddressAllowList;
  /** Who says so: the address of this Gatehouse (`source` of CloudEvents). */
  readonly source: string;
  /** Version of Gatehouse, for the user agent. */
  readonly version: string;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Remembers what came of an event; `isGone` switches the webhook off. */
  readonly remember: (target: WebhookTarget, delivery: WebhookDelivery, isGone: boolean) => Promise<void>;
  readonly resolve?: Resolve | undefined;
  /** PEM certificates to trust instead of Node's own: receivers with certificates of the company. */
  readonly ca?: string | undefined;
  /** Milliseconds for one try; default 15 000. */
  readonly timeoutMs?: number | undefined;
  readonly random?: (() => number) | undefined;
}

/** What came of one try; `later` may be tried again. */
export interface WebhookTry {
  readonly is: 'taken' | 'gone' | 'refused' | 'later' | 'cancelled';
  /** One sentence. */
  readonly say: string;
  /** What the receiver asks for, for `waitAfterTry`. */
  readonly retryAfter?: string | undefined;
}

export interface WebhookSender {
  /** Whether anything may be sent to an address as things are now; its host is resolved. `input-invalid` with the reason when not. */
  examine(url: string): Promise<Result<void>>;
  /** Sends an event once. Remembers nothing: for who waits between tries in another way. */
  sendOnce(target: WebhookTarget, event: OutgoingEvent, signal?: AbortSignal): Promise<WebhookTry>;
  /** Sends an event until it is taken, refused or was tried five times, and remembers what came of it. Fails only when it is cancelled. */
  send(target: WebhookTarget, event: OutgoingEvent, signal?: AbortSignal): Promise<Result<WebhookDelivery>>;
  close(): void;
}

/** Posts under way at a time; who waits for the next try takes no turn. To one host a few only: a receiver that is slow holds up those behind it, and nobody else. */
const atOnce = 16;
const atOncePerHost = 4;

/** Turns of each host, which are forgotten with its last post. */
const turnsByHost = () => {
  const hosts = new Map<string, { readonly inTurn: ReturnType<typeof limiter>; users: number }>();
  return async <T>(host: string, task: () => Promise<T>): Promise<T> => {
    const turns = hosts.get(host) ?? { inTurn: limiter(atOncePerHost), users: 0 };
    hosts.set(host, turns);
    turns.users += 1;
    try {
      return await turns.inTurn(task);
    } finally {
      turns.users -= 1;
      if (turns.users === 0) hosts.delete(host);
    }
  };
};

export const createWebhookSender = (options: WebhookSenderOptions): WebhookSender => {
  const { secrets, clock, hosts, source, version, ca, timeoutMs = 15_000, random = Math.random } = options;
  const guard = guardFor(options);
  const inTurn = limiter(atOnce);
  const inTurnOf = turnsByHost();
  const agents = {
    'http:': guardAgent(new http.Agent({ keepAlive: false }), guard),
    'https:': guardAgent(new https.Agent({ keepAlive: false, maxCachedSessions: 0 }), guard),
  };

  const sendOnce: WebhookSender['sendOnce'] = async (target, event, signal) => {
    const url = allowedUrl(target.url, hosts);
    if (!url.ok) return { is: 'refused', say: url.failure.say };
    const secret = await secrets.get(target.secretName);
    if (!secret.ok) return { is: secret.failure.code === 'not-found' ? 'refused' : 'later', say: unsigned };
    const body = cloudEvent(event, source);
    const signed = signWebhook(secret.value, messageId(event), clock.now(), body);
    if (!signed) return { is: 'refused', say: unsigned };
    const headers = { ...signed, 'content-type': 'application/cloudevents+json; charset=UTF-8', 'user-agent': `gatehouse/${version}` };
    const agent = agents[url.value.protocol === 'http:' ? 'http:' : 'https:'];
    const { host } = url.value;
    return read(await inTurnOf(host, () => inTurn(() => post({ url: url.value, headers, body, agent, ca, timeoutMs, signal }))), host);
  };

  const send: WebhookSender['send'] = async (target, event, signal) => {
    for (let tries = 1; ; tries += 1) {
      const { is, say, retryAfter } = await sendOnce(target, event, signal);
      const wait = is === 'later' ? waitAfterTry(tries, retryAfter, clock.now(), random()) : undefined;
      if (wait !== undefined && !signal?.aborted) await options.sleep(wait, signal);
      if (is === 'cancelled' || (wait !== undefined && signal?.aborted)) return failed('cancelled', 'Sending the webhook was cancelled.');
      if (wait !== undefined) continue;
      const delivery = { eventId: event.id, isSucceeded: is === 'taken', message: say, time: clock.now(), tries };
      await options.remember(target, delivery, is === 'gone');
      return succeed(delivery);
    }
  };

  return {
    examine: (url) => examine(url, hosts, guard),
    sendOnce,
    send,
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
};

const unsigned = 'The secret of the webhook is not there or cannot be used, so nothing was sent; make a new one.';

/** Lets posts go to public addresses, and to those in private networks that were allowed. */
export const guardFor = ({ allow, hosts, resolve }: Pick<WebhookSenderOptions, 'allow' | 'hosts' | 'resolve'>): AddressGuard =>
  createAddressGuard({
    allow: {
      isAllowed: (address) => isPublic(address) || allow.isAllowed(address),
      describe: () => ['public addresses', allow.describe()].filter((part) => part !== '').join(', '),
    },
    isLoopbackAllowed: hosts.isLoopbackAllowed,
    resolve,
  });

const examine = async (text: string, hosts: WebhookHosts, guard: AddressGuard): Promise<Result<void>> => {
  const url = allowedUrl(text, hosts);
  if (!url.ok) return url;
  try {
    await guard.addressesOf(socketHost(url.value));
    return succeed(undefined);
  } catch (error) {
    const why = error instanceof AddressNotAllowed ? error.message : 'its name cannot be resolved from here';
    return failed(
      'input-invalid',
      `Nothing can be sent to ${url.value.host} because ${why}; correct the address, or ask whoever runs Gatehouse to allow it.`,
    );
  }
};

/** What an answer, or none, means. */
const read = (answer: PostAnswer, host: string): WebhookTry => {
  if (!answer.ok) return { is: faultMeaning[answer.fault.kind] ?? 'later', say: sayFault(answer.fault, host) };
  const { status, retryAfter } = answer;
  const is = meaningOf(status);
  const who = `The receiver at ${host}`;
  switch (is) {
    case 'taken':
      return { is, say: `${who} took it (${status}).` };
    case 'gone':
      return {
        is,
        say: `${who} says that the address is gone for good (410), so the webhook was switched off; give it another address, then switch it on.`,
      };
    case 'later':
      return { is, say: `${who} could not take it (${status}); look at its logs.`, retryAfter };
    case 'refused':
      return {
        is,
        say:
          status < 400
            ? `${who} sends elsewhere (${status}), which is not followed; store the address that it leads to.`
            : `${who} did not take it (${status}); check address and secret.`,
      };
  }
};

/** Faults that trying again cannot mend. */
const faultMeaning: Partial<Readonly<Record<Fault['kind'], WebhookTry['is']>>> = {
  'not-allowed': 'refused',
  cancelled: 'cancelled',
};

/** Why a receiver could not be reached, in a sentence. */
export const sayFault = (fault: Fault, host: string): string => {
  if (fault.kind === 'untrusted')
    return `The certificate of the receiver at ${host} is not trusted because ${fault.detail}; renew it there.`;
  if (fault.kind === 'certificate-refused')
    return `The receiver at ${host} asks for a client certificate, and there is none to show; let it check the signature instead.`;
  return failureOf(fault, 'the receiver', host).failure.say;
};

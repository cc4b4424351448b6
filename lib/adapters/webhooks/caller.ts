import https from 'node:https';
import { allowedUrl } from '../../fleet/webhook-hosts.ts';
import { limiter } from '../kubernetes/limit.ts';
import { guardAgent } from '../network/guarded-agent.ts';
import { post } from './post.ts';
import { guardFor, sayFault, type WebhookSenderOptions } from './sender.ts';

export interface PipelineCallerOptions extends Pick<WebhookSenderOptions, 'hosts' | 'allow' | 'resolve' | 'ca' | 'version' | 'timeoutMs'> {}

/** One call to a release system. */
export interface PipelineCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
export type PipelineAnswer =
  | { readonly ok: true; readonly status: number; readonly retryAfter: string | undefined; readonly body: string }
  | { readonly ok: false; readonly say: string /** Trying again cannot mend it. */; readonly isFinal: boolean };

export interface PipelineCaller {
  /** Posts to hosts and addresses that webhooks may lead to, over TLS, and follows no redirect. Never throws. */
  call(outgoing: PipelineCall): Promise<PipelineAnswer>;
  close(): void;
}

/** Calls under way at a time. */
const atOnce = 8;

/** Calls release systems back. The same hosts are allowed as for webhooks, and the same addresses behind their names. */
export const createPipelineCaller = (options: PipelineCallerOptions): PipelineCaller => {
  const { hosts, ca, version, timeoutMs = 15_000 } = options;
  const agent = guardAgent(new https.Agent({ keepAlive: false, maxCachedSessions: 0 }), guardFor(options));
  const inTurn = limiter(atOnce);
  return {
    call: async ({ url: text, headers, body }) => {
      const url = allowedUrl(text, hosts);
      if (!url.ok) return { ok: false, say: url.failure.say, isFinal: true };
      // tokens are in these calls: never without TLS, not even to this machine
      if (url.value.protocol !== 'https:') return { ok: false, say: 'Release systems are called over https:// only.', isFinal: true };
      const sent = { ...headers, 'user-agent': `gatehouse/${version}` };
      const answer = await inTurn(() => post({ url: url.value, headers: sent, body, agent, ca, timeoutMs }));
      if (!answer.ok) return { ok: false, say: sayFault(answer.fault, url.value.host), isFinal: answer.fault.kind === 'not-allowed' };
      return { ok: true, status: answer.status, retryAfter: answer.retryAfter, body: answer.body() };
    },
    close: () => agent.destroy(),
  };
};

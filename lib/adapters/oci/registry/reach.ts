import type { Endpoint } from './endpoints.ts';
import type { Ways } from './ways.ts';
import { type Patience, readBody, send } from './wire.ts';

/** Finds out whether a registry on this machine speaks TLS; for others that is given. Asked once for each. */
export const createReach = (ways: Ways, { answerMs, silenceMs }: Patience, userAgent: string) => {
  const known = new Map<string, URL>();
  return async ({ base, isLoopback }: Endpoint, signal: AbortSignal): Promise<URL> => {
    if (!isLoopback || base.protocol === 'http:') return base;
    const found = known.get(base.href);
    if (found) return found;
    const probe = await send({
      ...(await ways.to(base, true)),
      method: 'GET',
      url: new URL('v2/', base),
      headers: { 'user-agent': userAgent },
      answerMs,
      signal,
    });
    if (probe.ok) await readBody(probe.answer, 64 * 1024, silenceMs);
    const isPlain = !probe.ok && ['not-tls', 'not-http', 'cut'].includes(probe.fault.kind);
    const reached = isPlain ? new URL(base.href.replace(/^https:/, 'http:')) : base;
    // what did not answer at all is asked again
    if (probe.ok || isPlain) known.set(base.href, reached);
    return reached;
  };
};

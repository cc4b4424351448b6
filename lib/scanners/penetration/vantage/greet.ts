import type { Greeting } from '../../../checks/exposure/probe.ts';
import type { Door, ProbeAnswer, ProbeRequest } from '../../../core/probing/index.ts';
import type { ProbeSender } from '../../../ports/probe-sender.ts';

/** How greetings are named in the annex. */
const greeting = 'greeting';
const mostBytes = 16_384;
const front = (over: 'plain' | 'tls'): ProbeRequest => ({ is: 'http', over, method: 'GET', path: '/', mostBytes });

type Page = Extract<ProbeAnswer, { is: 'http' }>;
const pageOf = (answer: ProbeAnswer): Page | undefined => (answer.is === 'http' ? answer : undefined);

/** What a TLS server says to somebody who speaks plain HTTP is no service of its own. */
const isMeantForTls = ({ status, body }: Page): boolean => status === 400 && /https|ssl|tls/i.test(body);

/**
 * Finds out what an open door speaks: TLS first, then HTTP over it and without it, and where neither is spoken, what it says by itself. Three or four
 * connections, no credential, nothing but `GET /`.
 */
export const greet = async (door: Door, sender: Pick<ProbeSender, 'send'>): Promise<Greeting> => {
  const ask = (request: ProbeRequest): Promise<ProbeAnswer> => sender.send(door, request, greeting);
  // side by side: what is silent to both costs one time-out, not two
  const [tls, spokenPlain] = await Promise.all([ask({ is: 'tls', from: 'TLSv1.2', to: 'TLSv1.3' }), ask(front('plain'))]);
  const plain = pageOf(spokenPlain);
  const secure = tls.is === 'tls' && tls.accepted ? pageOf(await ask(front('tls'))) : undefined;
  const spoken = plain || secure ? undefined : await ask({ is: 'tcp', over: 'plain', mostBytes: 256 });
  const ownPlain = plain && !(tls.is === 'tls' && isMeantForTls(plain)) ? plain : undefined;
  return {
    ...(spoken?.is === 'bytes' && spoken.text !== '' ? { banner: spoken.text } : {}),
    ...(secure ? { http: 'tls', page: secure } : ownPlain ? { http: 'plain', page: ownPlain } : {}),
    ...(secure && plain ? { plainPage: plain } : {}),
    ...(tls.is === 'tls' ? { tls } : {}),
  };
};

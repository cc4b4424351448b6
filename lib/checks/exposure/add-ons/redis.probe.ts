import { couldNotLook, defineProbe, isSilent, once, shown } from '../probe.ts';
import { asksForCertificate, behindCertificate, bytesOf, talk } from './talk.ts';

export const redis = defineProbe({
  id: 'exposure/add-ons/redis',
  covers: ['ADD-07'],
  title: 'Redis asks everybody for a login',
  severity: 'high',
  why: 'Whoever reaches a Redis without a login reads and changes everything in it, and can often make it write files or load code.',
  repair: 'Set `requirepass` or users by `aclfile`, leave `protected-mode` on, and do not publish port 6379.',
  techniques: ['T1133', 'T1552.007'],
  references: ['https://redis.io/docs/latest/operate/oss_and_stack/management/security/'],
  intrusiveness: 'reading',
  leaves: 'Nothing but a connection that is counted; `INFO` is not logged unless somebody runs `MONITOR`.',
  doors: { places: ['published', 'service', 'node'], ports: [6379, 6380] },
  send: once((door) => (asksForCertificate(door) ? [] : talk(door, 'INFO server\r\n'))),
  judge: (door, asked) => {
    if (asksForCertificate(door)) return behindCertificate;
    if (isSilent(asked)) return couldNotLook(asked);
    const [answer] = bytesOf(asked);
    if (answer === undefined) return undefined;
    const { text } = answer.bytes;
    const version = /^\$\d+\r\n# Server\r\n(?:.*\r\n)*?(?:redis|valkey)_version:([\w.-]+)/.exec(text)?.[1];
    if (version !== undefined)
      return {
        outcome: 'fail',
        message: 'Redis answers anybody who can reach it, without a login.',
        evidence: [shown(answer.asked, `INFO server of version ${version}`)],
      };
    if (/^-(NOAUTH|NOPERM|DENIED) /.test(text))
      return {
        outcome: 'pass',
        message: 'Redis says nothing without a login.',
        evidence: [shown(answer.asked, text.startsWith('-DENIED') ? 'protected mode' : 'a login is asked for')],
      };
    return undefined;
  },
});

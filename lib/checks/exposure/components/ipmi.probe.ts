import { bytesOf } from '../add-ons/talk.ts';
import { defineProbe, once, shown } from '../probe.ts';

/** Get Channel Authentication Capabilities, which comes before every login: this channel, for an administrator. */
const whatIsAskedFor = '0600ff070000000000000000000920' + '18c88100388e04b5';
/** Where in the answer the command, its success, the ways to log in and the state of logins are. */
const place = { command: 19, completion: 20, ways: 22, state: 23 };

export const ipmi = defineProbe({
  id: 'exposure/components/ipmi',
  covers: ['CMP-13'],
  title: 'IPMI is out of reach at the addresses of the nodes',
  severity: 'medium',
  why: 'IPMI switches machines off and reinstalls them, below every operating system; version 2 gives everybody hashes of its passwords to guess at.',
  repair: 'Move the management of machines to a network of its own, and forbid logins without a name and without a password.',
  techniques: ['T1133'],
  references: ['https://www.cisa.gov/news-events/alerts/2013/07/26/risks-using-intelligent-platform-management-interface-ipmi'],
  intrusiveness: 'reading',
  leaves: 'Nothing; nobody logs in.',
  doors: { places: ['node'], ports: [623], transport: 'udp' },
  send: once(() => [{ is: 'udp', send: whatIsAskedFor }]),
  judge: (_door, asked) => {
    const [answer] = bytesOf(asked);
    if (!answer?.bytes.bytes.startsWith('0600ff07')) return undefined;
    const at = (index: number): number => answer.bytes.text.charCodeAt(index) || 0;
    if (at(place.command) !== 0x38 || at(place.completion) !== 0) return undefined;
    const isForAll = (at(place.ways) & 1) === 1 || (at(place.state) & 1) === 1;
    return isForAll
      ? {
          outcome: 'fail',
          severity: 'critical',
          message: 'IPMI answers, and lets in whoever names no user or no password.',
          evidence: [shown(answer.asked, 'logins without a name or without a password')],
        }
      : { outcome: 'fail', message: 'IPMI answers whoever reaches it.', evidence: [shown(answer.asked, 'IPMI, with logins')] };
  },
});

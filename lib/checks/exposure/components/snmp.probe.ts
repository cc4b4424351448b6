import { bytesOf } from '../add-ons/talk.ts';
import { defineProbe, once, shown } from '../probe.ts';

/**
 * The question with which every manager of SNMP 3 begins (RFC 3414, section 4): who are you? It names no user and no community, so it guesses nothing;
 * the agent answers with a report that its name was not known.
 */
const whoAreYou =
  '303a020103300f02024a69020300ffe30401040201030410300e0400020100020100040004000400' + '301204000400a00c020237f00201000201003000';
/** 1.3.6.1.6.3.15.1.1.4, usmStatsUnknownEngineIDs. */
const unknownName = '2b060106030f010104';

export const snmp = defineProbe({
  id: 'exposure/components/snmp',
  covers: ['CMP-13'],
  title: 'SNMP of the nodes is out of reach from here',
  severity: 'medium',
  why: 'An agent of SNMP knows everything about its node, and in versions 1 and 2 a word that is often `public` is all it asks for.',
  repair:
    'Switch SNMP off, or allow version 3 with authentication and encryption only and let the firewall of the nodes admit the manager only.',
  techniques: ['T1133', 'T1046'],
  references: ['https://www.rfc-editor.org/rfc/rfc3414'],
  intrusiveness: 'reading',
  leaves: 'A counter of the agent goes up by one.',
  doors: { places: ['node'], ports: [161], transport: 'udp' },
  send: once(() => [{ is: 'udp', send: whoAreYou }]),
  judge: (_door, asked) => {
    const [answer] = bytesOf(asked);
    return answer?.bytes.bytes.startsWith('30') && answer.bytes.bytes.includes(unknownName)
      ? {
          outcome: 'fail',
          message: 'SNMP of a node answers whoever reaches it; no community was guessed.',
          evidence: [shown(answer.asked, 'a report of SNMP 3')],
        }
      : undefined;
  },
});

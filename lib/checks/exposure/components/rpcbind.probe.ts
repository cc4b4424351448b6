import { bytesOf } from '../add-ons/talk.ts';
import { couldNotLook, defineProbe, isSilent, once, shown } from '../probe.ts';
import { rpcCall, rpcReply } from './rpc.ts';

const names: Readonly<Record<number, string>> = {
  100000: 'rpcbind',
  100003: 'nfs',
  100005: 'mountd',
  100021: 'nlockmgr',
  100024: 'status',
};

/** Programs of a list: each is a one, four words, and at the end a nought. */
const programsIn = (words: readonly number[]): readonly string[] => {
  const programs: string[] = [];
  for (let at = 0; words[at] === 1 && at + 4 < words.length; at += 5) programs.push(names[Number(words[at + 1])] ?? 'another');
  return [...new Set(programs)];
};

export const rpcbind = defineProbe({
  id: 'exposure/components/rpcbind',
  covers: ['CMP-13'],
  title: 'The port mapper of the nodes is out of reach from here',
  severity: 'medium',
  why: 'It tells which old services (NFS, lock managers) a node offers and where, and by UDP it makes small questions into large answers for others.',
  repair: 'Switch `rpcbind` off where no NFS 3 is used, or let the firewall of the nodes admit nobody to port 111.',
  techniques: ['T1133', 'T1046'],
  references: ['https://www.rfc-editor.org/rfc/rfc1833'],
  intrusiveness: 'reading',
  leaves: 'Nothing; the port mapper does not log this question.',
  doors: { places: ['node'], ports: [111] },
  send: once((door) => (door.greeting.http === undefined ? [{ is: 'tcp', over: 'plain', send: rpcCall(100000, 2, 4) }] : [])),
  judge: (_door, asked) => {
    if (isSilent(asked)) return couldNotLook(asked);
    const [answer] = bytesOf(asked);
    const reply = answer && rpcReply(answer.bytes);
    if (answer === undefined || reply === undefined) return undefined;
    // two words of verifier, then whether it was understood
    const programs = reply[2] === 0 ? programsIn(reply.slice(3)) : [];
    return {
      outcome: 'fail',
      message: 'The port mapper of a node tells anybody what it offers.',
      evidence: [shown(answer.asked, programs.join(', ') || 'an answer of a port mapper')],
    };
  },
});

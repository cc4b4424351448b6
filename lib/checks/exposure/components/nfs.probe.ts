import { bytesOf } from '../add-ons/talk.ts';
import { couldNotLook, defineProbe, isSilent, once, shown } from '../probe.ts';
import { rpcCall, rpcReply } from './rpc.ts';

export const nfs = defineProbe({
  id: 'exposure/components/nfs',
  covers: ['CMP-13'],
  title: 'NFS of the nodes is out of reach from here',
  severity: 'medium',
  why: 'NFS believes callers who they say they are: whoever reaches an export that admits them reads and writes the volumes on it.',
  repair: 'Let the firewall of the nodes admit NFS from its clients only, export to named addresses, and ask for Kerberos (`sec=krb5p`).',
  techniques: ['T1133'],
  references: ['https://www.rfc-editor.org/rfc/rfc7530'],
  intrusiveness: 'reading',
  leaves: 'Nothing; NFS does not log this question.',
  doors: { places: ['node'], ports: [2049] },
  // the one procedure that does nothing
  send: once((door) => (door.greeting.http === undefined ? [{ is: 'tcp', over: 'plain', send: rpcCall(100003, 4, 0) }] : [])),
  judge: (_door, asked) => {
    if (isSilent(asked)) return couldNotLook(asked);
    const [answer] = bytesOf(asked);
    const reply = answer && rpcReply(answer.bytes);
    // understood, or known in another version: NFS either way
    if (answer === undefined || reply === undefined || (reply[2] !== 0 && reply[2] !== 2)) return undefined;
    return { outcome: 'fail', message: 'A node offers NFS to whoever reaches it.', evidence: [shown(answer.asked, 'an answer of NFS')] };
  },
});

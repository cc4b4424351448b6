import { hex, latin1 } from '../add-ons/bytes.ts';
import { bytesOf } from '../add-ons/talk.ts';
import { couldNotLook, defineProbe, isSilent, once, shown } from '../probe.ts';
import { brokenIn, datedIn, isOpenToTerrapin, sshOffer } from './ssh.ts';

/** A server says what it can once the other side has introduced itself. */
const introduction = hex(latin1('SSH-2.0-Gatehouse\r\n'));
const most = 12;
const list = (names: readonly string[]): string => (names.length > most ? [...names.slice(0, most), '…'] : names).join(', ');

export const sshAlgorithms = defineProbe({
  id: 'exposure/components/ssh-algorithms',
  covers: ['CMP-10'],
  title: 'SSH of the nodes offers no weak algorithms',
  severity: 'medium',
  why: 'A server that offers broken algorithms can be talked into them, and then whoever is on the way reads the session or takes part in it.',
  repair:
    'Name sound algorithms only in `KexAlgorithms`, `HostKeyAlgorithms`, `Ciphers` and `MACs`, and update the server for CVE-2023-48795.',
  techniques: ['T1557'],
  references: ['https://www.rfc-editor.org/rfc/rfc9142', 'https://terrapin-attack.com/'],
  intrusiveness: 'passive',
  leaves: 'A line in the log of sshd about a connection that ended before anybody logged in.',
  doors: { places: ['node'], ports: [22], recognise: ({ greeting: { banner } }) => banner?.startsWith('SSH-') ?? false },
  send: once(({ greeting: { banner } }) =>
    banner?.startsWith('SSH-') ? [{ is: 'tcp', over: 'plain', send: introduction, mostBytes: 16_384 }] : [],
  ),
  judge: (_door, asked) => {
    if (asked.length === 0) return undefined;
    const [answer] = bytesOf(asked);
    if (isSilent(asked) || answer === undefined) return couldNotLook(asked);
    const offer = sshOffer(answer.bytes.text);
    if (offer === undefined) return { ...couldNotLook(asked), message: 'It introduced itself as SSH and did not say what it can.' };
    const broken = brokenIn(offer);
    const dated = datedIn(offer);
    if (broken.length > 0)
      return { outcome: 'fail', message: 'SSH of a node offers broken algorithms.', evidence: [shown(answer.asked, list(broken))] };
    if (isOpenToTerrapin(offer))
      return {
        outcome: 'fail',
        message: 'SSH of a node lets somebody on the way drop its first packets (CVE-2023-48795).',
        evidence: [shown(answer.asked, 'no strict key exchange, with a cipher that needs one')],
      };
    return dated.length > 0
      ? {
          outcome: 'fail',
          severity: 'low',
          message: 'SSH of a node offers algorithms that nothing needs any more.',
          evidence: [shown(answer.asked, list(dated))],
        }
      : { outcome: 'pass', message: 'SSH of a node offers no weak algorithms.', evidence: [shown(answer.asked, 'its algorithms')] };
  },
});

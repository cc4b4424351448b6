import { defineProbe } from '../probe.ts';
import { sshIntroduction } from './ssh.ts';

export const ssh = defineProbe({
  id: 'exposure/components/ssh',
  covers: ['CMP-10'],
  title: 'SSH of the nodes is out of reach from here',
  severity: 'low',
  why: 'SSH is the one way into a node past everything Kubernetes checks; whoever reaches it can try passwords and keys, and every flaw of the server.',
  repair:
    'Let the firewall of the nodes admit SSH from a bastion only, or switch it off where nodes are replaced rather than repaired; set `PasswordAuthentication no`.',
  techniques: ['T1133'],
  references: ['https://man.openbsd.org/sshd_config'],
  intrusiveness: 'passive',
  leaves: 'A line in the log of sshd about a connection that ended.',
  doors: { places: ['node'], ports: [22], recognise: ({ greeting: { banner } }) => banner?.startsWith('SSH-') ?? false },
  // which ways to log in there are is only told to somebody who tries one (RFC 4252), so it is not asked
  send: () => [],
  judge: ({ greeting: { banner = '' } }) => {
    const software = sshIntroduction(banner);
    if (software === undefined) return undefined;
    const evidence = [{ looked: 'wait for a greeting', found: software }];
    return /^SSH-1\./.test(software)
      ? {
          outcome: 'fail',
          severity: 'high',
          message: 'A node offers version 1 of SSH, which anybody on the way can read and change.',
          evidence,
        }
      : { outcome: 'fail', message: 'SSH of a node is in reach; whether it takes passwords was not tried.', evidence };
  },
});

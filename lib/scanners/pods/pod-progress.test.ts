import { expect, it } from 'vitest';
import { probeHome } from '../penetration/pod/home.ts';
import { progressOf } from './pod-progress.ts';

it('what a kubelet says of a pod writes into no terminal', () => {
  const message = 'gone\u001b[2J\u009b2J\u202e away';
  const status = { phase: 'Failed', reason: 'Evicted', message };
  const progress = progressOf({ metadata: { name: 'probe-1' }, status }, 'node:24', probeHome);
  expect(progress).toEqual({ reason: 'The node ended the pod or did not let it run (Evicted: gone [2J 2J away).' });
});

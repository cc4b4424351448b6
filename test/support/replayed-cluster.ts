import { readFileSync } from 'node:fs';
import { type Recording, readRecording } from '../../lib/adapters/kubernetes/recording.ts';
import { replay } from '../../lib/adapters/kubernetes/replay.ts';
import { succeed } from '../../lib/core/failure.ts';
import type { ClusterConnector } from '../../lib/ports/cluster-connector.ts';
import { must } from './answers.ts';

const folder = new URL('../../lib/adapters/local/demo/', import.meta.url);

/** One of the embedded recordings of a real cluster. */
export const recordingOf = (name: 'before' | 'after'): Recording =>
  must(readRecording(readFileSync(new URL(`${name}.json`, folder), 'utf8'), name));

/** A connector to a recorded cluster: whatever the kubeconfig says, the recording answers. `before` may wait, or refuse. */
export const replayConnector = (
  current: () => Recording,
  before: (signal?: AbortSignal) => Promise<void> = async () => undefined,
): ClusterConnector => ({
  examine: async () => succeed({ server: 'https://10.0.0.1:6443', clusterName: 'demo', credential: 'token' }),
  connect: async (_kubeconfig, signal) => {
    await before(signal);
    return succeed({ ...replay(current()), close: () => undefined });
  },
});

import { createHash } from 'node:crypto';
import type { Subject } from '../../core/finding.ts';
import { stableSubject } from './merge-nodes.ts';

/** `sha256:` of cluster, check and stable subject; no message, date, version or node name is in it. */
export const fingerprint = (clusterId: string, check: string, subject: Subject): string =>
  `sha256:${createHash('sha256')
    .update(JSON.stringify([clusterId, check, ...stableSubject(subject)]))
    .digest('hex')}`;

import { readFileSync } from 'node:fs';
import type { Place } from '../../../checks/shared/node-place.ts';
import { places } from '../../../checks/shared/node-places.ts';
import { layoutMarks } from './layout.ts';

/** The script, as its own file holds it. Read when it is needed, because most scans never look at nodes. */
export const lookScript = (): string => readFileSync(new URL('./look.sh', import.meta.url), 'utf8');

/** Arguments for the script in a pod that has the node's files at /host: every path that a check may ask about, and the nonce. */
export const lookArguments = (nonce: string): readonly string[] => {
  const all = Object.values<Place>(places);
  const files = new Set([...layoutMarks, ...all.flatMap((place) => place.files ?? [])]);
  const folders = new Set(all.flatMap((place) => place.folders ?? []));
  return [
    'root=/host',
    'proc=/proc',
    `nonce=${nonce}`,
    ...[...files].map((path) => `file=${path}`),
    ...[...folders].map((path) => `folder=${path}`),
  ];
};
